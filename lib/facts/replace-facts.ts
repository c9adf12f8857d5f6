import { createRevertResolver } from "@/lib/attribution/reverts/resolver";
import type { RevertVerdict } from "@/lib/attribution/types";
import type { CopyValue } from "@/lib/db/copy-rows";
import type { PoolClient } from "@/lib/db/pool";
import { removeCheckpoint, writeCheckpoint } from "./checkpoint";
import { clearFacts } from "./clear-facts";
import { loadLandingSummaries } from "./landing-summaries";
import { type Line, loadLine } from "./line";
import { openLineLog } from "./line-log";
import { type PassState, passOver } from "./line-pass";
import type { LineState } from "./line-state";
import { fullNameOf } from "./observations";
import type { ProjectionContext, RepositoryKey } from "./projection-context";
import { PullRequestDifferences } from "./pull-request-differences";
import { RepositoryTally } from "./repository-tally";
import { numbersBeside, resolveRollbacks } from "./rollback-rows";
import { StoredPullRequests } from "./stored-pull-requests";
import { wholeStretch } from "./stretch";
import { factsVersion } from "./version";
import { replaceDayRollup } from "./write-days";
import { directPushRow, replaceDirectPushes } from "./write-direct-pushes";
import { replaceRepository, replaceUnknownBots } from "./write-repository";
import { replaceRollbacks } from "./write-rollbacks";

export type ProjectionProgress = (key: RepositoryKey, done: number, total: number) => void;

/** Makes a repository's facts, inside the caller's transaction, what the whole log says; writes only what differs. */
export async function replaceFacts(
  client: PoolClient,
  context: ProjectionContext,
  onProgress: ProjectionProgress = () => {},
): Promise<void> {
  const log = await openLineLog(client, context);
  const line = await loadLine(log, context.importedHead);
  if (line === null) {
    await clearFacts(client, context);
    return removeCheckpoint(client, context);
  }
  const { stretch, strayCodeowners } = await wholeStretch(log, line);
  const state: PassState = {
    resolver: createRevertResolver({ repo: fullNameOf(line.observed.url) }),
    tally: new RepositoryTally(Date.parse(line.observed.completeTo)),
  };
  const pullRequests = new PullRequestDifferences(client, context, await StoredPullRequests.load(client, context));
  const directPushes: CopyValue[][] = [];
  for await (const portion of passOver(context, state, { stretch, defaultBranch: line.observed.branch })) {
    await pullRequests.add(portion.facts);
    for (const landing of portion.direct) directPushes.push(directPushRow(landing));
    onProgress(context, portion.done, stretch.shas.length);
  }
  await replaceDirectPushes(client, context, directPushes);
  const verdicts = state.resolver.finish();
  const summaries = await loadLandingSummaries(client, context, verdicts, numbersBeside(context));
  const rollbacks = resolveRollbacks(verdicts, summaries, context);
  await pullRequests.finish(rollbacks.secondsOf);
  await replaceRollbacks(client, context, rollbacks.rows);
  await replaceUnknownBots(client, context, state.tally.unknownBots());
  const unplaced = stretch.placed.unplaced;
  await replaceRepository(
    client,
    context,
    state.tally.repositoryFact(line, {
      unresolved: unresolved(verdicts),
      missingCommits: unplaced.length,
      ruleVersion: factsVersion(),
    }),
  );
  await replaceDayRollup(client, context);
  const { awaited } = stretch.placed;
  const codeownersId = stretch.codeowners.lastId;
  await keepState(client, context, line, state, { unplaced, awaited, codeownersId, strayCodeowners });
}

/** How many verdicts name no target. */
export const unresolved = (verdicts: RevertVerdict[]): number =>
  verdicts.filter(({ kind }) => kind === "unresolved").length;

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
