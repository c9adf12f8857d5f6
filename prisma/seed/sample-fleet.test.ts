import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { type FleetEvent, type FleetEventKind, fleetEventSchema } from "@/lib/events/schema";
import { dayOf, dayOfInstant, isWeekend, LAST_DAY, SAMPLE_END, SAMPLE_START } from "./calendar";
import { generateSampleFleet, sampleSettings } from "./sample-fleet";

/** The whole sample as read once: only what the tests below ask about is kept. */
interface Survey {
  counts: Map<FleetEventKind, number>;
  ids: Set<string>;
  largestBatch: number;
  invalid: unknown[];
  outside: string[];
  brokenChains: string[];
  mergesPerDay: number[];
  merges: Map<string, { last: number; count: number }>;
  openPullRequests: Set<string>;
  mostFiles: number;
  costsInFloats: string[];
  cpuSeconds: number;
  hash: string;
}

/** Checks that each commit stands on the one before and that each file's blobs follow each other. */
class ChainCheck {
  private readonly heads = new Map<string, string | undefined>();
  private readonly blobs = new Map<string, string | null>();
  readonly broken: string[] = [];

  add({ repo, payload }: Extract<FleetEvent, { kind: "commit.landed" }>): void {
    if (this.heads.get(repo ?? "") !== payload.parents[0]) this.broken.push(`${repo}@${payload.sha}: parent`);
    this.heads.set(repo ?? "", payload.sha);
    for (const file of payload.files ?? []) {
      const from = `${repo}/${file.from ?? file.path}`;
      if ((this.blobs.get(from) ?? null) !== file.before) this.broken.push(`${repo}@${payload.sha}: ${file.path}`);
      if (file.from !== undefined) this.blobs.set(from, null);
      this.blobs.set(`${repo}/${file.path}`, file.after);
    }
  }
}

function survey(): Survey {
  const chain = new ChainCheck();
  const hash = createHash("sha256");
  const seen: Survey = {
    counts: new Map(),
    ids: new Set(),
    largestBatch: 0,
    invalid: [],
    outside: [],
    brokenChains: chain.broken,
    mergesPerDay: Array.from({ length: LAST_DAY + 1 }, () => 0),
    merges: new Map(),
    openPullRequests: new Set(),
    mostFiles: 0,
    costsInFloats: [],
    cpuSeconds: 0,
    hash: "",
  };
  const batches = generateSampleFleet(1);
  for (;;) {
    const before = process.cpuUsage();
    const { value: batch, done } = batches.next();
    seen.cpuSeconds += process.cpuUsage(before).user / 1e6;
    if (done === true) break;
    seen.largestBatch = Math.max(seen.largestBatch, batch.length);
    for (const event of batch) {
      hash.update(JSON.stringify(event));
      read(event, seen, chain);
    }
  }
  seen.hash = hash.digest("hex");
  return seen;
}

function read(event: FleetEvent, seen: Survey, chain: ChainCheck): void {
  const count = (seen.counts.get(event.kind) ?? 0) + 1;
  seen.counts.set(event.kind, count);
  seen.ids.add(event.id);
  const at = Date.parse(event.occurredAt);
  if (at < SAMPLE_START || at > SAMPLE_END) seen.outside.push(event.id);
  if (count < 100 || seen.ids.size % 50 === 0) {
    const parsed = fleetEventSchema.safeParse(event);
    if (!parsed.success) seen.invalid.push({ event, issues: parsed.error.issues });
  }
  if (event.kind === "commit.landed") {
    chain.add(event);
    if (event.payload.parents.length > 0) seen.mostFiles = Math.max(seen.mostFiles, event.payload.files?.length ?? 0);
  } else if (event.kind === "pull_request.opened") seen.openPullRequests.add(event.subject);
  else if (event.kind === "pull_request.closed") seen.openPullRequests.delete(event.subject);
  else if (event.kind === "cost.incurred" && !/^\d+$/.test(event.payload.amountMinor))
    seen.costsInFloats.push(event.id);
  else if (event.kind === "pull_request.merged") {
    seen.openPullRequests.delete(event.subject);
    const day = dayOfInstant(at);
    seen.mergesPerDay[day] = (seen.mergesPerDay[day] ?? 0) + 1;
    const merges = seen.merges.get(event.repo ?? "") ?? { last: 0, count: 0 };
    seen.merges.set(event.repo ?? "", { last: Math.max(merges.last, at), count: merges.count + 1 });
  }
}

describe("sample fleet", () => {
  let seen: Survey;
  beforeAll(() => {
    seen = survey();
  }, 60_000);

  const count = (kind: FleetEventKind): number => seen.counts.get(kind) ?? 0;
  const mergesBetween = (from: string, until: string): number =>
    seen.mergesPerDay.slice(dayOf(from), dayOf(until)).reduce((sum, merges) => sum + merges, 0);

  // Computed in UTC; the tests run in another zone. A change of the generator changes it on purpose.
  it("is the same on every machine and in every time zone", () => {
    expect(seen.hash).toBe("6e3813bb5b630f46630f6ca5d597aef79858ca815c1af82652841821158cceaf");
  });

  it("holds only valid events with ids of their own, in small batches", () => {
    expect(seen.invalid).toEqual([]);
    expect(seen.ids.size).toBe([...seen.counts.values()].reduce((sum, of) => sum + of, 0));
    expect(seen.ids.size).toBeLessThan(350_000);
    expect(seen.largestBatch).toBeLessThanOrEqual(1000);
  });

  it("lies inside its eighteen months", () => {
    expect(seen.outside).toEqual([]);
  });

  it("has the promised size", () => {
    expect(sampleSettings.teams).toHaveLength(12);
    expect(sampleSettings.repositories).toHaveLength(60);
    expect(count("repository.observed")).toBe(60);
    expect(count("pull_request.merged")).toBeGreaterThan(19_500);
    expect(count("pull_request.merged")).toBeLessThan(20_500);
    expect(count("pull_request.closed")).toBeGreaterThan(1500);
    expect(seen.openPullRequests.size).toBeGreaterThan(40);
    for (const kind of ["deployment.finished", "defect.opened", "cost.incurred", "review.submitted"] as const) {
      expect(count(kind)).toBeGreaterThan(500);
    }
    expect(count("incident.opened")).toBeGreaterThan(100);
    expect(count("codeowners.changed")).toBeGreaterThan(5);
  });

  it("chains commits and blobs without a gap", () => {
    expect(seen.brokenChains).toEqual([]);
  });

  it("rests at weekends and at Christmas", () => {
    const weekend = seen.mergesPerDay.filter((_merges, day) => isWeekend(day));
    const total = seen.mergesPerDay.reduce((sum, merges) => sum + merges, 0);
    expect(weekend.reduce((sum, merges) => sum + merges, 0) / total).toBeLessThan(0.06);
    expect(mergesBetween("2025-12-22", "2026-01-03")).toBeLessThan(0.5 * mergesBetween("2025-12-01", "2025-12-13"));
  });

  it("has a small sample, a repository that fell silent and one that nobody owns", () => {
    const small = (seen.merges.get("notebook-tools")?.count ?? 0) + (seen.merges.get("eval-harness")?.count ?? 0);
    expect(small).toBeGreaterThan(30);
    expect(small).toBeLessThan(160);
    expect(seen.merges.get("partner-edi")?.last).toBeLessThan(Date.parse("2026-04-01"));
    const unowned = sampleSettings.repositories.filter((repository) => repository.owners.length === 0);
    expect(unowned.map((repository) => repository.name)).toEqual(["legacy-admin"]);
  });

  it("counts money in whole minor units", () => {
    expect(seen.costsInFloats).toEqual([]);
  });

  // About three seconds on a quiet machine; the limit leaves room for a slow and busy one.
  it("is generated in seconds", () => {
    expect(seen.cpuSeconds).toBeLessThan(10);
  });
});
