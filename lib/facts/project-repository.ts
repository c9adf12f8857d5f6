import { createRevertResolver, type RevertResolver } from "@/lib/attribution/reverts/resolver";
import type { PoolClient } from "@/lib/db/pool";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { pullRequestSubject } from "@/lib/events/schema";
import { ensureRepository, getImportedHead, listRepositoryOwners, type OwnerPeriod } from "@/lib/settings/repositories";
import { ensureTeams } from "@/lib/settings/teams";
import { attributePullRequest, type PullRequestFact } from "./attribute";
import { type CodeownersTimeline, loadCodeownersTimeline } from "./codeowners-timeline";
import { loadLandingSummaries } from "./landing-summaries";
import { directLanding, type Landing, pullRequestLanding } from "./landings";
import { type Line, loadLine } from "./line";
import { type Chunk, loadChunk, type MergedOnLine, placeMergedPullRequests } from "./merged-pull-requests";
import { RepositoryTally } from "./repository-tally";
import { resolveRollbacks } from "./rollback-rows";
import { factsVersion } from "./version";
import * as write from "./write";

const CHUNK_COMMITS = 1000;

export interface RepositoryKey {
  orgId: number;
  /** Name inside the organisation. */
  repo: string;
}

export type ProjectionProgress = (key: RepositoryKey, done: number, total: number) => void;

/**
 * Rebuilds the facts of one repository from the log, in one transaction: readers see the old state until the new one
 * is whole, and being killed in the middle leaves the old state and the request. The result depends on the set of
 * events alone, not on their order or number of deliveries.
 * @param options.always also when no new events ask for it
 */
export async function projectRepository(
  key: RepositoryKey,
  onProgress: ProjectionProgress = () => {},
  options: { always?: boolean } = {},
): Promise<void> {
  const context = await loadProjectionContext(key);
  await withTransaction(
    async (client) => {
      await lockRepository(client, context);
      const [request] = await query<{ last: number | null }>(
        sql`select max(id) as last from projection_request where org_id = ${key.orgId} and repo = ${key.repo}`,
        client,
      );
      // Another process may have done the work while this one waited for the lock.
      const last = request?.last ?? null;
      if (last === null && options.always !== true) return;
      await replaceFacts(client, context, onProgress);
      await execute(
        sql`delete from projection_request where org_id = ${key.orgId} and repo = ${key.repo} and id <= ${last ?? 0}`,
        client,
      );
    },
    { bulk: true },
  );
}

/** Two projections of one repository would each delete what the other wrote; the second waits here. */
async function lockRepository(client: PoolClient, { orgId, repoId }: ProjectionContext): Promise<void> {
  await query(sql`select pg_advisory_xact_lock(${orgId}::integer, ${repoId}::integer)`, client);
}

/** What a projection needs from settings, read before its transaction starts. */
export interface ProjectionContext extends RepositoryKey, write.RepositoryRef {
  owners: OwnerPeriod[];
  /** Head of the import that spoke last; null: the observation with the latest watermark speaks. */
  importedHead: string | null;
}

export async function loadProjectionContext(key: RepositoryKey): Promise<ProjectionContext> {
  const repoId = await ensureRepository(key.orgId, key.repo);
  return {
    ...key,
    repoId,
    owners: await listRepositoryOwners(key.orgId, repoId),
    importedHead: await getImportedHead(repoId),
  };
}

/** Replaces a repository's facts inside the caller's transaction. */
export async function replaceFacts(
  client: PoolClient,
  context: ProjectionContext,
  onProgress: ProjectionProgress = () => {},
): Promise<void> {
  await lockRepository(client, context);
  const line = await loadLine(client, context);
  await write.clearFacts(client, context);
  if (line !== null) await new Projection(client, context, line, onProgress).run();
}

/**
 * `owner/name` of the web address: a text that cites another repository's numbers is not about this one. The name it
 * was imported under may be anything, so without an address nothing is ruled out.
 */
function fullNameOf(url: string | null): string | null {
  return url === null ? null : (/([^/:]+\/[^/]+?)(?:\.git)?\/?$/.exec(url)?.[1] ?? null);
}

/** One pass over the line: attribute each landing, feed the revert resolver, write what is final, then the rest. */
class Projection {
  private readonly resolver: RevertResolver;
  private teamIds: ReadonlyMap<string, number> = new Map();
  private readonly tally: RepositoryTally;

  constructor(
    private readonly client: PoolClient,
    private readonly ref: ProjectionContext,
    private readonly line: Line,
    private readonly onProgress: ProjectionProgress,
  ) {
    this.tally = new RepositoryTally(line.completeTo);
    this.resolver = createRevertResolver({ repo: fullNameOf(line.observed.url) });
  }

  async run(): Promise<void> {
    const { client, ref, line } = this;
    const placed = await placeMergedPullRequests(client, ref.orgId, ref.repo, line);
    const codeowners = await loadCodeownersTimeline(client, ref.orgId, ref.repo, line);
    const shas = [...line.positionOf.keys()];
    for (let start = 0; start < shas.length; start += CHUNK_COMMITS) {
      await this.chunk(shas.slice(start, start + CHUNK_COMMITS), start, placed, codeowners);
      this.onProgress(ref, Math.min(start + CHUNK_COMMITS, shas.length), shas.length);
    }
    await this.finish(placed);
  }

  private async chunk(
    shas: string[],
    start: number,
    placed: MergedOnLine,
    codeowners: CodeownersTimeline,
  ): Promise<void> {
    const { client, ref, line } = this;
    // A pull request lands with its last commit; a rebase that began in an earlier chunk brings its commits along.
    const landing = shas.filter((sha) => {
      const number = placed.numberOf.get(sha);
      return number === undefined || placed.lastShaOf.get(number) === sha;
    });
    const numbers = landing.flatMap((sha) => placed.numberOf.get(sha) ?? []);
    const wanted = landing.flatMap((sha) => placed.shasOf.get(placed.numberOf.get(sha) ?? -1) ?? [sha]);
    const rows = await loadChunk(
      client,
      ref.orgId,
      wanted.flatMap((sha) => line.eventIds[line.positionOf.get(sha) ?? -1] ?? []),
      numbers.map((number) => pullRequestSubject(ref.repo, number)),
    );
    const facts = [];
    const direct = [];
    for (const sha of landing) {
      const landed = this.landing(sha, placed, rows);
      this.tally.landing(landed);
      this.resolver.push(landed.change);
      const owner = this.ownerAt(landed.change.landedAt);
      const fact = attributePullRequest(landed, {
        codeowners: codeowners.at(line.positionOf.get(sha) ?? start),
        owner,
        defaultBranch: line.observed.branch,
      });
      if (fact === null) {
        direct.push(landed);
        continue;
      }
      this.tally.pullRequest(fact);
      facts.push(fact);
    }
    await this.knowTeams(facts);
    await write.writePullRequests(client, ref, facts, this.teamIds);
    await write.writeDetails(client, ref, facts);
    await write.writeDirectPushes(client, ref, direct);
  }

  /** Makes sure that every team of these facts has an id: a CODEOWNERS file may name one that nobody set up. */
  private async knowTeams(facts: PullRequestFact[]): Promise<void> {
    const slugs = new Set(facts.flatMap((fact) => fact.team.team ?? []));
    const fresh = [...slugs].filter((slug) => !this.teamIds.has(slug)).sort();
    if (fresh.length === 0) return;
    this.teamIds = await ensureTeams(
      this.ref.orgId,
      fresh.map((slug) => ({ slug, name: slug })),
    );
  }

  private landing(sha: string, placed: MergedOnLine, rows: Chunk): Landing {
    const number = placed.numberOf.get(sha);
    const commits = (number === undefined ? [sha] : (placed.shasOf.get(number) ?? [])).flatMap(
      (one) => rows.commits.get(one) ?? [],
    );
    const merged = number === undefined ? undefined : rows.merged.get(number);
    const [commit] = commits;
    if (commit === undefined) throw new Error(`The log lost commit ${sha} while it was being projected`);
    if (number === undefined || merged === undefined) return directLanding(commit);
    return pullRequestLanding(this.ref.repo, merged, commits, rows.own.get(number) ?? []);
  }

  private ownerAt(landedAt: number): string | null {
    return this.ref.owners.findLast((owner) => owner.validFrom.getTime() <= landedAt)?.teamSlug ?? null;
  }

  private async finish(placed: MergedOnLine): Promise<void> {
    const { client, ref } = this;
    const verdicts = this.resolver.finish();
    const rollbacks = resolveRollbacks(verdicts, await loadLandingSummaries(client, ref, verdicts));
    await write.markRollbacks(client, ref, rollbacks);
    await write.writeRollbacks(client, ref, rollbacks);
    await write.writeUnknownBots(client, ref, this.tally.unknownBots());
    await write.writeRepository(
      client,
      ref,
      this.tally.repositoryFact(this.line, {
        unresolved: rollbacks.rows.filter((row) => row.kind === "unresolved").length,
        missingCommits: placed.missing,
        ruleVersion: factsVersion(),
      }),
    );
    await write.writeDayRollup(client, ref);
  }
}
