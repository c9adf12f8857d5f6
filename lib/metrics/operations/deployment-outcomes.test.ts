import { describe, expect, it } from "vitest";
import { type CausedIncident, type Deployment, outcomesOf } from "./deployment-outcomes";

const HOUR = 3_600_000;
const START = Date.parse("2026-03-02T08:00:00Z");
const shas = "abcdefgh";

/** Deployments an hour apart unless `hour` says otherwise: `"a b b!"` is version a, version b, b again that did not come up. */
function service(text: string, { name = "api", repoId = 1 }: { name?: string; repoId?: number } = {}): Deployment[] {
  return text.split(" ").map((word, index) => {
    const [, mark = "", sha = "", failed = "", hour = ""] = /^([<~]?)([a-h])(!?)(?:@([\d.]+))?$/.exec(word) ?? [];
    return {
      id: `${name}-${index}`,
      repoId,
      at: START + (hour === "" ? index : Number(hour)) * HOUR,
      kind: mark === "<" ? "rollback" : mark === "~" ? "hotfix" : "change",
      succeeded: failed === "",
      service: name,
      sha: sha.repeat(40),
    };
  });
}

const incident = (deployed: number, opened: number, resolved: number | null): CausedIncident => ({
  name: `incident at ${opened}`,
  repoId: 1,
  deployedAt: START + deployed * HOUR,
  openedAt: START + opened * HOUR,
  resolvedAt: resolved === null ? null : START + resolved * HOUR,
});

/** The versions that failed, with the hours from when to when. */
const failures = (deployments: readonly Deployment[], incidents: readonly CausedIncident[] = []) =>
  outcomesOf(deployments, incidents).flatMap(({ deployment: { sha }, failure }) => {
    if (failure === null) return [];
    const end = failure.restoredAt === null ? "open" : (failure.restoredAt - START) / HOUR;
    return `${sha[0]} ${(failure.startedAt - START) / HOUR}–${end}`;
  });

describe("what became of deployments", () => {
  it("holds where nothing happens, and reads every version of the alphabet", () => {
    expect(failures(service([...shas].join(" ")))).toEqual([]);
  });

  it("fails with what was deployed since the version that it goes back to", () => {
    expect(failures(service("a b c <b"))).toEqual(["c 2–3"]);
    expect(failures(service("a b c <a"))).toEqual(["b 1–3", "c 2–3"]);
    // A version that was deployed twice is gone back to where it was last; the one that is running is not one.
    expect(failures(service("a b a c <a"))).toEqual(["c 3–4"]);
    expect(failures(service("a b b <b"))).toEqual(["b 2–3"]);
  });

  it("fails with the one before where the older version was never seen", () => {
    expect(failures(service("a b <h"))).toEqual(["b 1–2"]);
    expect(failures(service("<h a"))).toEqual([]);
  });

  it("fails within a day, to the millisecond", () => {
    expect(failures(service("a@0 b@1 <a@25"))).toEqual(["b 1–25"]);
    expect(failures(service("a@0 b@1 <a@25.001"))).toEqual([]);
  });

  it("fails once, with the first rollback, and not with one that did not come up", () => {
    expect(failures(service("a b <a c <a"))).toEqual(["b 1–2", "c 3–4"]);
    expect(failures(service("a b <a!"))).toEqual([]);
  });

  it("takes back what did not come up too, and never goes to it", () => {
    expect(failures(service("a b! c <a"))).toEqual(["b 1–3", "c 2–3"]);
    expect(failures(service("a b! c <b"))).toEqual(["c 2–3"]);
  });

  it("fails with an incident that names what it brought, from its beginning until its end", () => {
    expect(failures(service("a b"), [incident(1, 2, 5)])).toEqual(["b 1–5"]);
    expect(failures(service("a b"), [incident(1, 0.5, 5)])).toEqual(["b 0.5–5"]);
    expect(failures(service("a b"), [incident(1, 25, null)])).toEqual(["b 1–open"]);
    expect(failures(service("a b"), [incident(1, 25.1, 26)])).toEqual([]);
    expect(failures(service("a b"), [incident(1, 2, 5), incident(1, 3, null)])).toEqual(["b 1–open"]);
  });

  it("says what it rests on", () => {
    const [, failed] = outcomesOf(service("a b <a"), [incident(1, 1.5, 7)]);
    expect(failed?.failure).toMatchObject({ incidents: ["incident at 1.5"], rolledBackAt: START + 2 * HOUR });
  });

  it("is over with the incident and not with the rollback, where there are both", () => {
    expect(failures(service("a b <a"), [incident(1, 1.5, 7)])).toEqual(["b 1–7"]);
  });

  it("keeps services apart, whatever the order in which they are told of", () => {
    const two = [...service("a b <a"), ...service("a c d", { name: "web" })];
    expect(failures(two)).toEqual(["b 1–2"]);
    expect(failures(two.toReversed())).toEqual(["b 1–2"]);
  });

  it("never says a hotfix is none, and a rollback neither fails nor holds", () => {
    expect(failures(service("a ~b <a"))).toEqual(["b 1–2"]);
    const outcomes = outcomesOf(service("a b <a <a"), [incident(2, 3, 4)]);
    expect(outcomes.filter(({ deployment, failure }) => deployment.kind === "rollback" && failure !== null)).toEqual(
      [],
    );
  });
});
