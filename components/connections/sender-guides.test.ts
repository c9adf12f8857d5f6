import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { SENDER_LABEL } from "./delivery-states";
import { SENDER_GUIDE_IDS, SENDER_GUIDES } from "./sender-guides";

const GUIDE = readFileSync(path.resolve("docs/events.md"), "utf8");
const PLACE = { origin: "https://fleetgauge.acme.test", repository: "acme/billing", key: "fg_secret" };

describe("how a sender is set up", () => {
  it.each(SENDER_GUIDE_IDS)("names this installation's door and the key: %s", (id) => {
    const { door, lines, name } = SENDER_GUIDES[id];
    const text = lines(PLACE).join("\n");
    const address = door.startsWith("otlp/") ? "/api/otlp" : `/api/v1/${door}`;
    expect(text).toContain(PLACE.origin + address);
    expect(text).toContain(PLACE.key);
    expect(SENDER_LABEL[door]).toBeDefined();
    if (name !== "A pipeline or a shell") expect(GUIDE).toContain(name);
  });

  it("is told of every door of docs/events.md", () => {
    const senders = [...GUIDE.matchAll(/^\| ((?:`[a-z-]+`(?:, )?)+) \|/gm)].flatMap(([, cell = ""]) =>
      [...cell.matchAll(/`([a-z-]+)`/g)].map(([, name = ""]) => name),
    );
    const doors = SENDER_GUIDE_IDS.map((id) => SENDER_GUIDES[id].door.split("/").at(-1));
    expect(senders.length).toBeGreaterThan(8);
    expect(senders.filter((name) => !doors.includes(name))).toEqual([]);
  });
});
