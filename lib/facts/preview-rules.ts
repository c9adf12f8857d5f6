import { createRevertResolver } from "@/lib/attribution/reverts/resolver";
import { type RuleSet, ruleSetOf } from "@/lib/attribution/rules/rule-set";
import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { Actor } from "@/lib/events/schema";
import { readRules } from "@/lib/settings/rules";
import type { RulePreview } from "@/lib/settings/types";
import { actorKindOf } from "./activity/actor-kind";
import { foldClosedPullRequest } from "./activity/closed-pull-request-rows";
import { loadClosedEvents, type PullRequest } from "./activity/closed-pull-requests";
import { attributeClosed } from "./attribute-closed";
import { loadLine } from "./line";
import { openLineLog } from "./line-log";
import { passOver } from "./line-pass";
import { fullNameOf } from "./observations";
import { loadProjectionContext, type ProjectionContext, type RepositoryKey } from "./projection-context";
import { RepositoryTally } from "./repository-tally";
import { RuleDifferences } from "./rule-differences";
import { type Stretch, wholeStretch } from "./stretch";

/** Closed pull requests of one statement. */
const CLOSED_AT_ONCE = 2000;

/**
 * What an organisation's facts would be by other rules: every pull request is attributed by both, and nothing is written.
 * @param onProgress repositories done, of all
 */
export async function previewRules(
  orgId: number,
  rules: RuleSet,
  onProgress: (done: number, total: number) => void,
): Promise<RulePreview> {
  const repositories = await query<{ id: number; name: string }>(
    sql`select id, name from repository where org_id = ${orgId} order by name`,
  );
  const differences = new RuleDifferences();
  for (const [done, { name }] of repositories.entries()) {
    onProgress(done, repositories.length);
    await withTransaction((client) => compareMerged(client, { orgId, repo: name }, rules, differences), { bulk: true });
  }
  const now = ruleSetOf((await readRules(orgId)).rules);
  await withTransaction((client) => compareClosed(client, orgId, { now, rules }, differences), { bulk: true });
  return {
    ...differences.summary(),
    reviews: await countReviews(orgId, now, rules),
    environments: await compareEnvironments(orgId, now, rules),
  };
}

/** Both passes ask for the same in the same order: what one of them loaded is there for the other. */
function sharing(stretch: Stretch): Stretch {
  const once = <Key, Value>(load: (keys: Key[]) => Promise<Value>) => {
    let last: { key: string; value: Promise<Value> } | null = null;
    return (keys: Key[]): Promise<Value> => {
      const key = keys.join();
      if (last?.key !== key) last = { key, value: load(keys) };
      return last.value;
    };
  };
  return { ...stretch, loadCommits: once(stretch.loadCommits), loadPullRequests: once(stretch.loadPullRequests) };
}

async function compareMerged(
  client: PoolClient,
  key: RepositoryKey,
  rules: RuleSet,
  differences: RuleDifferences,
): Promise<void> {
  const context = await loadProjectionContext(client, key);
  const log = await openLineLog(client, context);
  const line = await loadLine(log, context.importedHead);
  if (line === null) return;
  const stretch = sharing((await wholeStretch(log, line)).stretch);
  const pass = (by: ProjectionContext) =>
    passOver(
      by,
      {
        resolver: createRevertResolver({ repo: fullNameOf(line.observed.url) }),
        tally: new RepositoryTally(Date.parse(line.observed.completeTo)),
      },
      { stretch, defaultBranch: line.observed.branch },
    );
  const after = pass({ ...context, rules });
  for await (const before of pass(context)) {
    const portion = await after.next();
    if (portion.done === true) throw new Error("Two passes over one line are of different length");
    for (const [index, fact] of before.facts.entries()) {
      const other = portion.value.facts[index];
      if (other !== undefined) differences.addMerged(context, fact, other);
    }
  }
}

/** Those that were closed without a merge: who made them and what they were. */
async function compareClosed(
  client: PoolClient,
  orgId: number,
  { now, rules }: { now: RuleSet; rules: RuleSet },
  differences: RuleDifferences,
): Promise<void> {
  const closed = await query<PullRequest>(
    sql`select 'pull_request:' || r.name || '#' || c.number as subject, c.repo_id as "repoId", c.number
      from fact_closed_pull_request c join repository r on r.id = c.repo_id where c.org_id = ${orgId}
      order by c.repo_id, c.number`,
    client,
  );
  for (let start = 0; start < closed.length; start += CLOSED_AT_ONCE) {
    const some = closed.slice(start, start + CLOSED_AT_ONCE);
    const eventsOf = await loadClosedEvents(client, orgId, some, new Map());
    for (const { subject } of some) {
      const folded = foldClosedPullRequest(eventsOf.get(subject) ?? []);
      if (folded !== null)
        differences.addClosed(attributeClosed(folded.input, now), attributeClosed(folded.input, rules));
    }
  }
}

/** Reviews by accounts that are a person by one of the rules and a program by the other. */
async function countReviews(orgId: number, now: RuleSet, rules: RuleSet): Promise<number> {
  const reviewers = await query<{ reviewer: Actor; reviews: number }>(
    sql`select payload->'reviewer' as reviewer, count(*)::integer as reviews from event
      where org_id = ${orgId} and kind = 'review.submitted' group by 1`,
  );
  return reviewers
    .filter(({ reviewer }) => actorKindOf(reviewer, now) !== actorKindOf(reviewer, rules))
    .reduce((sum, { reviews }) => sum + reviews, 0);
}

/** Environments that would be, or no longer be, ones that users use. */
async function compareEnvironments(orgId: number, now: RuleSet, rules: RuleSet): Promise<RulePreview["environments"]> {
  const environments = await query<{ name: string; deployments: number }>(
    sql`select environment as name, count(*)::integer as deployments from fact_deployment
      where org_id = ${orgId} group by 1 order by 2 desc, 1`,
  );
  return environments.flatMap(({ deployments, name }) => {
    const live = rules.isProduction(name);
    return live === now.isProduction(name) ? [] : { name, deployments, live };
  });
}
