import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FleetEvent, fleetEventSchema } from "@/lib/events/schema";
import { MAX_BATCH_EVENTS, type PullContext } from "@/lib/sources/contract";
import { SOURCES } from "@/lib/sources/registry";
import { GITHUB, GitFixture } from "@/tests/factories/git-fixture";
import { NOW } from "@/tests/factories/pull-git";

let repo: GitFixture;
beforeAll(() => {
  repo = new GitFixture().commit("root", { message: "Begin" });
  for (let number = 1; number <= 600; number += 1) {
    repo.commit(`s${number}`, { message: `Change (#${number})`, committer: GITHUB, files: { "a.txt": `${number}\n` } });
  }
  repo.write();
});
afterAll(() => repo.remove());

/** One input per source: a new source without one does not compile. */
const INPUTS: Record<keyof typeof SOURCES, () => Parameters<(typeof SOURCES)[keyof typeof SOURCES]["pull"]>[0]> = {
  git: () => ({ path: repo.gitDir }),
};

const context = (signal?: AbortSignal): PullContext<string> => ({ orgId: 3, now: NOW, onProgress: () => {}, signal });

/** Children of this process whose command line names the fixture. */
const leftovers = (): string[] =>
  execFileSync("ps", ["-A", "-o", "ppid=,args="])
    .toString()
    .split("\n")
    .filter((line) => line.trim().startsWith(`${process.pid} `) && line.includes(repo.folder));

for (const id of Object.keys(SOURCES) as (keyof typeof SOURCES)[]) {
  describe(`source ${id}`, () => {
    const source = SOURCES[id];
    const pull = (signal?: AbortSignal) => source.pull(INPUTS[id](), context(signal));

    it("gives valid events under its own id, in small batches, each id once", async () => {
      const ids = new Set<string>();
      let events = 0;
      for await (const batch of pull()) {
        expect(batch.length).toBeLessThanOrEqual(MAX_BATCH_EVENTS);
        for (const event of batch) {
          expect(fleetEventSchema.parse(event)).toEqual(event);
          expect(event).toMatchObject({ orgId: 3, source: source.id });
          ids.add(event.id);
          events += 1;
        }
      }
      expect(ids.size).toBe(events);
      expect(events).toBeGreaterThan(MAX_BATCH_EVENTS);
    });

    it("gives the same bytes twice", async () => {
      const all = async () => {
        const batches: FleetEvent[][] = [];
        for await (const batch of pull()) batches.push(batch);
        return JSON.stringify(batches);
      };
      expect(await all()).toBe(await all());
    });

    it("reports progress up to the whole", async () => {
      const steps = new Map<string, { done: number; total: number | null }>();
      const watching = {
        ...context(),
        onProgress: ({ step, done, total }: { step: string; done: number; total: number | null }) =>
          steps.set(step, { done, total }),
      };
      for await (const _ of source.pull(INPUTS[id](), watching));
      expect(steps.size).toBeGreaterThan(0);
      for (const { done, total } of steps.values()) expect(done).toBe(total);
    });

    it("leaves no process behind when the caller stops, or when it is aborted in the middle", async () => {
      for await (const _ of pull()) break;
      expect(leftovers()).toEqual([]);
      const controller = new AbortController();
      const reason = new Error("enough");
      const aborted = async () => {
        for await (const _ of pull(controller.signal)) controller.abort(reason);
      };
      await expect(aborted()).rejects.toThrow();
      expect(leftovers()).toEqual([]);
      await expect(pull(AbortSignal.abort(reason)).next()).rejects.toBe(reason);
    });
  });
}
