import { describe, expect, it, vi } from "vitest";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import { projectPending } from "@/lib/facts/project";
import { digestFacts } from "@/lib/facts/verify";
import { ensureOrganization } from "@/lib/settings/organizations";
import { ensureRepository } from "@/lib/settings/repositories";
import { type Happening, RandomHistory } from "@/tests/factories/random-history";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

let organizations = 0;

/** A repository that is projected as a whole once, and grows. */
class Repository {
  private readonly history: RandomHistory;

  private constructor(
    readonly orgId: number,
    readonly repoId: number,
  ) {
    this.history = new RandomHistory(orgId, "app");
  }

  static async start(): Promise<Repository> {
    organizations += 1;
    const { id: orgId } = await ensureOrganization({ slug: `kept-${organizations}` });
    const repository = new Repository(orgId, await ensureRepository(orgId, "app"));
    await repository.grow(["squash", 1], ["squash", 2], ["direct", 3], ["squash", 4], ["bot", 5]);
    await projectPending();
    return repository;
  }

  async grow(...happenings: Happening[]): Promise<void> {
    const events = [...happenings, ["observe", 5] as const].flatMap((one) => this.history.play(one));
    await withTransaction((client) => appendEvents(client, [events]));
  }

  /** Increments since the last pass over the whole. */
  async steps(): Promise<number> {
    const [row] = await query<{ steps: number }>(
      sql`select jsonb_array_length(tail) as steps from projection_checkpoint where org_id = ${this.orgId}`,
    );
    return row?.steps ?? 0;
  }

  async expectExact(): Promise<void> {
    const { orgId, repoId } = this;
    const stored = await digestFacts({ orgId, repoId });
    await execute(sql`insert into projection_request (org_id, repo, whole) values (${orgId}, 'app', true)`);
    await projectPending();
    expect(await digestFacts({ orgId, repoId })).toEqual(stored);
  }
}

/** The projection with a memory of its own, as another process has it. */
async function anotherProcess(): Promise<typeof projectPending> {
  vi.resetModules();
  return (await import("@/lib/facts/project")).projectPending;
}

describe("the state that an increment leaves in memory", () => {
  it("is what the next one goes on from, without reading it again", async () => {
    const repository = await Repository.start();
    await repository.grow(["squash", 6], ["squash", 7]);
    await projectPending();
    expect(await repository.steps()).toBe(1);
    // Only what is read can be found to be broken.
    await execute(sql`update projection_checkpoint set state = '\\x00' where org_id = ${repository.orgId}`);
    await repository.grow(["revert", 8], ["squash", 9]);
    await projectPending();
    expect(await repository.steps()).toBe(2);
    await repository.expectExact();
  });

  it("does not count when another process went on since", async () => {
    const repository = await Repository.start();
    const other = await anotherProcess();
    await repository.grow(["squash", 6]);
    await projectPending();
    for (const project of [other, projectPending, other, other, projectPending]) {
      await repository.grow(["squash", 7], ["revert", 8], ["reland", 9]);
      await project();
    }
    // Each followed; from a state that is behind, only a pass over the whole would have been exact.
    expect(await repository.steps()).toBe(6);
    await repository.expectExact();
  });

  it("does not count when another process noted what moved nothing", async () => {
    const repository = await Repository.start();
    const other = await anotherProcess();
    await repository.grow(["squash", 6]);
    await projectPending();
    await repository.grow(["elsewhere", 7]);
    await other();
    await repository.grow(["squash", 8]);
    await projectPending();
    await repository.expectExact();
  });

  it("is lost with an increment that is rolled back", async () => {
    const repository = await Repository.start();
    await repository.grow(["squash", 6]);
    await projectPending();
    await execute(sql`create function refuse() returns trigger language plpgsql as $$
      begin raise exception 'refused at the end'; end $$`);
    await execute(sql`create constraint trigger refuse after delete on projection_request
      deferrable initially deferred for each row execute function refuse()`);
    await repository.grow(["squash", 7], ["revert", 8]);
    await expect(projectPending()).rejects.toThrow("refused at the end");
    await execute(sql`drop trigger refuse on projection_request`);
    await repository.grow(["squash", 9]);
    await projectPending();
    expect(await repository.steps()).toBe(2);
    await repository.expectExact();
  });
});
