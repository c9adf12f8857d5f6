import { createRevertResolver } from "@/lib/attribution/reverts/resolver";
import type { RevertVerdict } from "@/lib/attribution/types";
import type { PoolClient } from "@/lib/db/pool";
import { removeCheckpoint, writeCheckpoint } from "./checkpoint";
import { clearFacts } from "./clear-facts";
import { loadLandingSummaries } from "./landing-summaries";
import { type Line, loadLine } from "./line";
import { type PassState, passOver } from "./line-pass";
import type { LineState } from "./line-state";
import { fullNameOf } from "./observations";
import type { ProjectionContext, RepositoryKey } from "./projection-context";
import { RepositoryTally } from "./repository-tally";
import { resolveRollbacks } from "./rollback-rows";
import { wholeStretch } from "./stretch";
import { TeamIds } from "./team-ids";
import { factsVersion } from "./version";
import { writeDayRollup } from "./write-days";
import {
  type PullRequestRow,
  pullRequestRow,
  writeDetails,
  writeDirectPushes,
  writePullRequests,
} from "./write-pull-requests";
import { writeRepository, writeUnknownBots } from "./write-repository";
import { markRollbacks, writeRollbacks } from "./write-rollbacks";

/** Narrow rows wait for what later landings say of them, so that few are written twice. */
const WAITING_ROWS = 20_000;

export type ProjectionProgress = (key: RepositoryKey, done: number, total: number) => void;

/** Replaces a repository's facts inside the caller's transaction by what the whole log says. */
export async function replaceFacts(
  client: PoolClient,
  context: ProjectionContext,
  onProgress: ProjectionProgress = () => {},
): Promise<void> {
  const line = await loadLine(client, context);
  await clearFacts(client, context);
  if (line === null) return removeCheckpoint(client, context);
  const { stretch, strayCodeowners } = await wholeStretch(client, context, line);
  const state: PassState = {
    resolver: createRevertResolver({ repo: fullNameOf(line.observed.url) }),
    tally: new RepositoryTally(Date.parse(line.observed.completeTo)),
  };
  const pullRequests = new WaitingRows(client, context);
  for await (const portion of passOver(client, context, state, { stretch, defaultBranch: line.observed.branch })) {
    await writeDetails(client, context, portion.facts);
    await writeDirectPushes(client, context, portion.direct);
    await pullRequests.add(portion.facts.map(pullRequestRow));
    onProgress(context, portion.done, stretch.shas.length);
  }
  const verdicts = state.resolver.finish();
  const rollbacks = resolveRollbacks(verdicts, await loadLandingSummaries(client, context, verdicts));
  await pullRequests.finish(rollbacks.secondsOf);
  await writeRollbacks(client, context, rollbacks.rows);
  await writeUnknownBots(client, context, state.tally.unknownBots());
  const unplaced = stretch.placed.unplaced;
  await writeRepository(
    client,
    context,
    state.tally.repositoryFact(line, {
      unresolved: unresolved(verdicts),
      missingCommits: unplaced.length,
      ruleVersion: factsVersion(),
    }),
  );
  await writeDayRollup(client, context);
  const { awaited } = stretch.placed;
  const codeownersId = stretch.codeowners.lastId;
  await keepState(client, context, line, state, { unplaced, awaited, codeownersId, strayCodeowners });
}

/** How many verdicts name no target. */
export const unresolved = (verdicts: RevertVerdict[]): number =>
  verdicts.filter(({ kind }) => kind === "unresolved").length;

/** Narrow rows on their way to the table. */
class WaitingRows {
  private rows: PullRequestRow[] = [];
  private readonly written = new Set<number>();
  private readonly teams: TeamIds;

  constructor(
    private readonly client: PoolClient,
    private readonly context: ProjectionContext,
  ) {
    this.teams = new TeamIds(client, context.orgId);
  }

  async add(rows: PullRequestRow[]): Promise<void> {
    this.rows.push(...rows);
    if (this.rows.length < WAITING_ROWS) return;
    for (const { number } of this.rows) this.written.add(number);
    await this.write(new Map());
  }

  async finish(secondsOf: ReadonlyMap<number, number>): Promise<void> {
    await this.write(secondsOf);
    const late = [...secondsOf].filter(([number]) => this.written.has(number));
    await markRollbacks(this.client, this.context, new Map(late));
  }

  private async write(secondsOf: ReadonlyMap<number, number>): Promise<void> {
    const teamIds = await this.teams.of(this.rows.map(({ team }) => team));
    await writePullRequests(this.client, this.context, this.rows, { teamIds, secondsOf });
    this.rows = [];
  }
}

async function keepState(
  client: PoolClient,
  context: ProjectionContext,
  line: Line,
  { resolver, tally }: PassState,
  found: Pick<LineState, "unplaced" | "awaited" | "codeownersId" | "strayCodeowners">,
): Promise<void> {
  const { observed, completeFrom, beside } = line;
  // The log does not hold the head yet: there is no end from which the line could become longer.
  if (line.shas.at(-1) !== observed.headSha) return removeCheckpoint(client, context);
  const { importedHead } = context;
  await writeCheckpoint(client, context, {
    line: { headSha: observed.headSha, observed, completeFrom, importedHead, ...beside, ...found },
    tally: tally.save(),
    resolver: resolver.snapshot(),
  });
}
