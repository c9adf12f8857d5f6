import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
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

  it("has Claude Code say what is worked on, as a shell reads the lines", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "guide-"));
    try {
      writeFileSync(path.join(folder, "claude"), '#!/bin/sh\nenv | grep ^OTEL; echo "args: $*"\n', { mode: 0o755 });
      const git = (...words: string[]) => execFileSync("git", ["-C", folder, ...words]);
      git("init", "--quiet", "--initial-branch", "fix/login");
      git("remote", "add", "origin", "https://github.com/acme/billing.git");
      const lines = SENDER_GUIDES.claude_code.lines(PLACE).join("\n");
      const told = execFileSync("bash", ["-c", `${lines}\nclaude -p "do it"`], {
        cwd: folder,
        env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
        encoding: "utf8",
      });
      expect(told).toContain(
        "OTEL_RESOURCE_ATTRIBUTES=organization=acme,team=my-team,repo=https://github.com/acme/billing.git,branch=fix/login\n",
      );
      expect(told).toContain("OTEL_EXPORTER_OTLP_HEADERS=Authorization=Bearer fg_secret\n");
      expect(told).toContain("args: -p do it\n");
    } finally {
      rmSync(folder, { recursive: true });
    }
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
