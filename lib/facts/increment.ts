import { createRevertResolver } from "@/lib/attribution/reverts/resolver";
import { AUTHOR_KIND_CODE } from "@/lib/core/dimensions";
import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { LineEvent } from "@/lib/events/line-kinds";
import { type Checkpoint, lengthenTail, loadCheckpoint, type TailStep, writeCheckpoint } from "./checkpoint";
import type { CodeownersVersion } from "./codeowners-timeline";
import { type Extension, extendLine } from "./extend-line";
import { type KeptState, keepState, type TailSize, takeState } from "./kept-states";
import { loadLandingSummaries } from "./landing-summaries";
import { type PassState, passOver } from "./line-pass";
import type { LineState } from "./line-state";
import { fullNameOf } from "./observations";
import type { ProjectionContext } from "./projection-context";
import { loadPullRequestEvents } from "./pull-request-events";
import { unresolved } from "./replace-facts";
import { type RepositoryFact, RepositoryTally, type UnknownBotFact } from "./repository-tally";
import { relatedVerdicts, rollbackChanges } from "./rollback-rows";
import { TeamIds } from "./team-ids";
import { factsVersion } from "./version";
import { updateDayRollup } from "./write-days";
import { writeDirectPushes } from "./write-direct-pushes";
import { detailRow, pullRequestRow, writeDetails, writePullRequests } from "./write-pull-requests";
import { updateRepository, updateUnknownBots } from "./write-repository";
import { markRollbacks, updateRollbacks, writeRollbacks } from "./write-rollbacks";

/** A state may lag this many landings, or this share of the line, before it is written again. */
const LAG_LANDINGS = 64;
const LAG_SHARE = 0.04;
/** So that a tail without landings does not grow for ever. */
const LAG_STEPS = 200;
const LAG_EVENTS = 5_000;

/** An increment whose facts are written. */
export interface Followed {
  /** Whether something new is taken back: which of several an older version was meant to take back may be known now. */
  hasReverts: boolean;
  /** To be called once it is committed: the next increment of this process goes on from here. */
  keep(): void;
}

/**
 * Brings a repository's facts up to date by following new events alone, inside the caller's transaction; what does not
 * change is not written.
 * @param eventIds all events that are new since the facts were made
 * @returns null, with nothing written, where only a pass over the whole repository is exact
 */
export async function followEvents(
  client: PoolClient,
  context: ProjectionContext,
  eventIds: string[],
): Promise<Followed | null> {
  const known = takeState(context);
  const checkpoint = await loadCheckpoint(
    client,
    context,
    known && { version: known.version, steps: known.tail.steps },
  );
  if (checkpoint === null) return null;
  const { stored } = checkpoint;
  const tail = stored?.tail ?? [];
  const events = await loadEvents(client, context, [...tail.flatMap((step) => step.eventIds), ...eventIds]);
  const start = stored === null ? known : startOf(checkpoint, stored);
  if (start === null) return null;
  const follower = new Follower(client, context, start, events);
  for (const step of tail) if (!(await follower.replay(step))) return null;
  if (follower.line.headSha !== checkpoint.headSha) return null;
  if (!(await follower.follow({ importedHead: context.importedHead, eventIds }))) return null;
  return {
    hasReverts: follower.hasReverts,
    keep: () => {
      if (follower.kept !== null) keepState(context, follower.kept);
    },
  };
}

/** What a checkpoint holds, ready to go on from its state through its tail. */
function startOf(
  { bytes, tailLanded, version }: Checkpoint,
  { state: { line, resolver, tally }, tail }: NonNullable<Checkpoint["stored"]>,
): KeptState {
  return {
    version,
    line,
    state: {
      resolver: createRevertResolver({ repo: fullNameOf(line.observed.url) }, resolver),
      tally: new RepositoryTally(Date.parse(line.observed.completeTo), tally),
    },
    tail: {
      landed: tailLanded,
      steps: tail.length,
      events: tail.reduce((sum, { eventIds }) => sum + eventIds.length, 0),
    },
    bytes,
  };
}

type LogEvents = ReadonlyMap<string, LineEvent>;

async function loadEvents(client: PoolClient, { orgId }: ProjectionContext, ids: string[]): Promise<LogEvents> {
  const rows = await query<LineEvent>(
    sql`select id, kind, occurred_at as at, payload from event where org_id = ${orgId} and id = any(${ids}::text[])`,
    client,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Goes on from where a projection stood: through a checkpoint's tail in silence, then over what is new. */
class Follower {
  line: LineState;
  /** What the next increment may go on from, where there is a checkpoint that says the same. */
  kept: KeptState | null = null;
  hasReverts = false;
  private state: PassState;
  private codeowners: CodeownersVersion | null | undefined;

  constructor(
    private readonly client: PoolClient,
    private readonly context: ProjectionContext,
    private readonly start: KeptState,
    private readonly events: LogEvents,
  ) {
    this.line = start.line;
    this.state = start.state;
  }

  /** Takes a step whose facts are written already. */
  async replay(step: TailStep): Promise<boolean> {
    const extension = await this.extend(step);
    if (extension === null) return false;
    for await (const _portion of this.pass(extension));
    return true;
  }

  async follow(step: TailStep): Promise<boolean> {
    const { client, context } = this;
    const { landed } = this.state.tally.counts;
    const before = this.repositoryFact();
    const botsBefore = this.state.tally.unknownBots();
    const earlier = [...this.state.resolver.finish()];
    const extension = await this.extend(step);
    if (extension === null) return false;
    const rows = [];
    for await (const { facts, direct } of this.pass(extension)) {
      await writeDetails(client, context, facts.map(detailRow));
      await writeDirectPushes(client, context, direct);
      rows.push(...facts.map(pullRequestRow));
    }
    const fresh = this.state.resolver.finish().slice(earlier.length);
    const related = relatedVerdicts(earlier, fresh);
    const summaries = await loadLandingSummaries(client, context, [...related, ...fresh]);
    const { added, changed, secondsOf } = rollbackChanges(related, fresh, summaries, context);
    if (rows.length > 0) {
      const teamIds = await new TeamIds(client, context.orgId, context.teamIds).of(rows.map(({ team }) => team));
      await writePullRequests(client, context, rows, { teamIds, secondsOf });
    }
    const numbers = new Set(rows.map(({ number }) => number));
    const marked = await markRollbacks(
      client,
      context,
      new Map([...secondsOf].filter(([number]) => !numbers.has(number))),
    );
    await writeRollbacks(client, context, added);
    this.hasReverts = added.length > 0;
    await updateRollbacks(client, context, changed);
    await updateDayRollup(client, context, [...numbers, ...marked]);
    await this.updateBots(botsBefore);
    await this.updateRepository(before);
    this.kept = await this.keep(step, landed);
    return true;
  }

  /** null where the step is not safe to follow. */
  private async extend({ importedHead, eventIds }: TailStep): Promise<Extension | null> {
    const found = await this.withoutIdleLinks(eventIds.flatMap((id) => this.events.get(id) ?? []));
    this.codeowners ??= await this.loadCodeowners();
    const extension = extendLine(this.line, found, {
      importedHead,
      projected: this.state.resolver,
      codeowners: this.codeowners,
      loadPullRequests: (numbers) => loadPullRequestEvents(this.client, this.context, numbers),
    });
    if (extension === null) return null;
    if (extension.state.codeownersId !== this.line.codeownersId) this.codeowners = undefined;
    this.line = extension.state;
    const { resolver, tally } = this.state;
    const completeTo = Date.parse(this.line.observed.completeTo);
    this.state = { resolver, tally: new RepositoryTally(completeTo, tally.save()) };
    return extension;
  }

  /** Without what an issue says of a pull request that no agent made: nothing follows from it. */
  private async withoutIdleLinks(events: LineEvent[]): Promise<LineEvent[]> {
    const numbers = events.flatMap(({ kind, payload }) =>
      kind === "pull_request.issue_linked" ? [payload.number] : [],
    );
    if (numbers.length === 0) return events;
    const { orgId, repoId } = this.context;
    const rows = await query<{ number: number }>(
      sql`select number from fact_pull_request where org_id = ${orgId} and repo_id = ${repoId}
        and number = any(${numbers}::integer[])
        and author_kind = any(${[AUTHOR_KIND_CODE.human, AUTHOR_KIND_CODE.automation]}::integer[])`,
      this.client,
    );
    const idle = new Set(rows.map(({ number }) => number));
    return events.filter(({ kind, payload }) => kind !== "pull_request.issue_linked" || !idle.has(payload.number));
  }

  private pass({ stretch }: Extension) {
    const defaultBranch = this.line.observed.branch;
    return passOver(this.context, this.state, { stretch, defaultBranch });
  }

  private async loadCodeowners(): Promise<CodeownersVersion | null> {
    const { codeownersId } = this.line;
    if (codeownersId === null) return null;
    const [row] = await query<CodeownersVersion>(
      sql`select id, occurred_at as at, payload->>'sha' as sha, payload->>'rules' as rules
        from event where org_id = ${this.context.orgId} and id = ${codeownersId}`,
      this.client,
    );
    return row ?? null;
  }

  private repositoryFact(): RepositoryFact {
    return this.state.tally.repositoryFact(this.line, {
      unresolved: unresolved(this.state.resolver.finish()),
      missingCommits: this.line.unplaced.length,
      ruleVersion: factsVersion(),
    });
  }

  private async updateRepository(before: RepositoryFact): Promise<void> {
    const { client, context } = this;
    const now = this.repositoryFact();
    if (JSON.stringify(now) === JSON.stringify(before)) return;
    await updateRepository(client, context, now);
  }

  private async updateBots(before: UnknownBotFact[]): Promise<void> {
    const { client, context } = this;
    const known = new Set(before.map((bot) => JSON.stringify(bot)));
    const changed = this.state.tally.unknownBots().filter((bot) => !known.has(JSON.stringify(bot)));
    await updateUnknownBots(client, context, changed);
  }

  private async keep(step: TailStep, landedBefore: number): Promise<KeptState | null> {
    const { client, context, line, start, state } = this;
    const { resolver, tally } = state;
    const { landed } = tally.counts;
    const tail: TailSize = {
      landed: start.tail.landed + landed - landedBefore,
      steps: start.tail.steps + 1,
      events: start.tail.events + step.eventIds.length,
    };
    if (
      tail.landed > Math.max(LAG_LANDINGS, LAG_SHARE * landed) ||
      tail.steps > LAG_STEPS ||
      tail.events > LAG_EVENTS
    ) {
      const snapshot = { line, tally: tally.save(), resolver: resolver.snapshot() };
      const written = await writeCheckpoint(client, context, snapshot);
      return written && { ...written, line, state, tail: { landed: 0, steps: 0, events: 0 } };
    }
    const version = await lengthenTail(client, context, { headSha: line.headSha, landed, step });
    return version === null ? null : { version, bytes: start.bytes, line, state, tail };
  }
}
