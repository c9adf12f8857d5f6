import type { Scope } from "@/lib/auth/scope";
import { query as run } from "@/lib/db/query";
import { getReadPool } from "@/lib/db/read-pool";
import { sql } from "@/lib/db/sql";
import { operationNumber } from "@/lib/metrics/columns/read-operations";
import { openFacts } from "@/lib/metrics/columns/store";
import { type FactTable, SUBJECT_CODE, type Subject } from "@/lib/metrics/columns/table";
import { DirectoryNames } from "@/lib/metrics/directory-names";
import type { OperationListQuery } from "@/lib/metrics/list-schema";
import { type Outcome, outcomesOf } from "@/lib/metrics/operations/deployment-outcomes";
import { type Incident, milliseconds, readOperationFacts } from "@/lib/metrics/operations/read-operation-facts";
import { compileRowFilter } from "@/lib/metrics/scan/filter";
import { firstRowAt } from "@/lib/metrics/scan/stretches";
import { queryScoped } from "@/lib/metrics/scoped-snapshot";
import type { OperationItem, Page } from "@/lib/metrics/types";
import { decodeCursor, encodeCursor, readWholeNumber } from "./cursor";
import { type ListFrame, resolveList } from "./list-frame";
import { pullRequestId } from "./pull-request-item";

const SUBJECTS: Readonly<Record<OperationListQuery["show"], readonly Subject[]>> = {
  deployments: ["change", "hotfix", "rollback"],
  unplanned: ["hotfix", "rollback"],
  failed: ["failure"],
  incidents: ["incident"],
};
/** The order of the list, which a cursor belongs to. */
const ORDER = "-at";
/** Pull requests of one deployment that are named; how many there are is said besides. */
const MOST_NAMED = 20;

/** A row of a table on its way to a page: its key, and the order of the list. */
interface Candidate {
  orgId: number;
  at: number;
  repoId: number;
  number: number;
}

const inOrder = (a: Pick<Candidate, "at" | "repoId" | "number">, b: typeof a): number =>
  b.at - a.at || b.repoId - a.repoId || b.number - a.number;

function readAfter({ cursor }: OperationListQuery): Pick<Candidate, "at" | "repoId" | "number"> | null {
  if (cursor === undefined) return null;
  const { tie, value } = decodeCursor(cursor, ORDER, 2);
  return { at: readWholeNumber(value ?? ""), repoId: readWholeNumber(tie[0]), number: readWholeNumber(tie[1]) };
}

/** The rows of a table that pass, newest first: those behind the metric's number. */
function passing(table: FactTable, { from, selection, to }: ListFrame, subjects: readonly Subject[]): Candidate[] {
  const filter = compileRowFilter(table, selection.repos, selection.narrowings);
  const codes = subjects.map((subject): number => SUBJECT_CODE[subject]);
  const shown = table.profiles.map(({ subject }) => codes.includes(subject));
  const { mergedAt, number, orgId, profile, repo, repos, team } = table;
  const first = from === null ? 0 : firstRowAt(table, from.getTime());
  const end = to === null ? table.length : firstRowAt(table, to.getTime());
  const found: Candidate[] = [];
  for (let row = end - 1; row >= first; row -= 1) {
    const ofRepo = repo[row] as number;
    if (filter.repo[ofRepo] !== 1 || shown[profile[row] as number] !== true) continue;
    if (filter.team !== null && filter.team[team[row] as number] !== 1) continue;
    found.push({ orgId, at: mergedAt[row] as number, repoId: repos[ofRepo] as number, number: number[row] as number });
  }
  return found.sort(inOrder);
}

type Told = { outcome: Outcome } | { incident: Incident };
const keyOf = ({ number, repoId }: Pick<Candidate, "number" | "repoId">) => `${repoId} ${number}`;

/** What the rows of a page are about, by their keys. */
async function readTold(candidates: readonly Candidate[]): Promise<Map<string, Told>> {
  const told = new Map<string, Told>();
  for (const orgId of new Set(candidates.map((one) => one.orgId))) {
    const repoIds = [...new Set(candidates.filter((one) => one.orgId === orgId).map(({ repoId }) => repoId))];
    const { caused, deployments, incidents } = await readOperationFacts(getReadPool(), orgId, repoIds);
    for (const outcome of outcomesOf(deployments, caused)) {
      const { id, kind, repoId } = outcome.deployment;
      told.set(keyOf({ repoId, number: operationNumber({ id, subject: kind }) }), { outcome });
      if (outcome.failure === null) continue;
      told.set(keyOf({ repoId, number: operationNumber({ id, subject: "failure" }) }), { outcome });
    }
    for (const incident of incidents) {
      const number = operationNumber({ id: incident.id, subject: "incident" });
      told.set(keyOf({ repoId: incident.repoId, number }), { incident });
    }
  }
  return told;
}

interface Brought {
  repoId: number;
  number: number;
  /** When it first was in production. */
  at: number;
}

/** The pull requests that some deployments were the first to bring, as far as the scope sees them. */
async function readBrought(scope: Scope, outcomes: readonly Outcome[]): Promise<Map<string, number[]>> {
  const brought = new Map<string, number[]>();
  if (outcomes.length === 0) return brought;
  const repoIds = [...new Set(outcomes.map(({ deployment }) => deployment.repoId))];
  const instants = outcomes.map(({ deployment }) => new Date(deployment.at));
  const [first, last] = [Math.min(...instants.map(Number)), Math.max(...instants.map(Number))];
  const all = await run<Brought>(
    sql`select repo_id as "repoId", number, ${milliseconds(sql`deployed_at`)} as at from fact_pull_request_deployment
      where repo_id = any(${repoIds}::integer[]) and deployed_at >= ${new Date(first)} and deployed_at < ${new Date(last + 1)}
      order by number`,
    getReadPool(),
  );
  const wanted = new Set(outcomes.map(({ deployment }) => `${deployment.repoId} ${deployment.at}`));
  const own = all.filter(({ at, repoId }) => wanted.has(`${repoId} ${at}`));
  const visible = await seenOf(scope, own);
  for (const { at, number, repoId } of own) {
    if (!visible.has(keyOf({ number, repoId }))) continue;
    const key = `${repoId} ${at}`;
    brought.set(key, [...(brought.get(key) ?? []), number]);
  }
  return brought;
}

/** Those of some pull requests that the scope sees, by their keys. */
async function seenOf(scope: Scope, some: readonly { repoId: number; number: number }[]): Promise<Set<string>> {
  if (some.length === 0) return new Set();
  const rows = await queryScoped<{ repoId: number; number: number }>(
    scope,
    sql`select f.repo_id as "repoId", f.number from fact_pull_request f
      join unnest(${some.map(({ repoId }) => repoId)}::integer[], ${some.map(({ number }) => number)}::integer[])
        as wanted (repo_id, number) on f.repo_id = wanted.repo_id and f.number = wanted.number`,
  );
  return new Set(rows.map(keyOf));
}

const instant = (at: number): string => new Date(at).toISOString();

/**
 * One page of deployments or incidents, newest first: what the figures about them count, with what each rests on.
 * @throws {AppError} `unprocessable` for a filter value that is not known or a cursor of another list.
 */
export async function listOperations(scope: Scope, query: OperationListQuery): Promise<Page<OperationItem>> {
  const after = readAfter(query);
  const view = await openFacts(scope);
  const frame = resolveList(view.directory, query);
  const found = frame.selection.orgs
    .flatMap(({ id }) => {
      const table = view.operations(id);
      return table === null ? [] : passing(table, frame, SUBJECTS[query.show]);
    })
    .sort(inOrder);
  const rest = after === null ? found : found.filter((one) => inOrder(one, after) > 0);
  const shown = rest.slice(0, query.limit);
  const told = await readTold(shown);
  const entries = shown.flatMap((one) => {
    const about = told.get(keyOf(one));
    return about === undefined ? [] : { ...one, about };
  });
  const brought = await readBrought(
    scope,
    entries.flatMap(({ about }) => ("outcome" in about ? about.outcome : [])),
  );
  const named = await seenOf(
    scope,
    entries.flatMap(({ about }) =>
      "incident" in about && about.incident.causedByNumber !== null
        ? { repoId: about.incident.repoId, number: about.incident.causedByNumber }
        : [],
    ),
  );
  const names = new DirectoryNames(view.directory);
  const samples = new Set(view.directory.orgs.flatMap(({ id, isSample }) => (isSample ? id : [])));
  const linksOf = (repoId: number, numbers: readonly number[]) => ({
    pullRequests: numbers.slice(0, MOST_NAMED).map((number) => ({ id: pullRequestId(repoId, number), number })),
    pullRequestCount: numbers.length,
  });
  const last = rest.length > query.limit ? shown.at(-1) : undefined;
  return {
    items: entries.map(({ about, orgId, repoId }): OperationItem => {
      const [org, repo] = [names.org(orgId), names.repo(repoId)];
      const isSample = samples.has(orgId);
      if ("incident" in about) {
        const { causedByNumber, id, name, openedAt, resolvedAt } = about.incident;
        const isSeen = causedByNumber !== null && named.has(keyOf({ repoId, number: causedByNumber }));
        const end = resolvedAt === null ? null : instant(resolvedAt);
        return {
          ...{ id, org, repo, isSample, kind: "incident", name, service: null, at: instant(openedAt) },
          ...{ succeeded: null, failure: null, resolvedAt: end },
          ...linksOf(repoId, isSeen ? [causedByNumber] : []),
        };
      }
      const { deployment, failure } = about.outcome;
      const { at, id, kind, service, sha, succeeded } = deployment;
      return {
        ...{ id, org, repo, isSample, kind, name: sha, service, at: instant(at), succeeded, resolvedAt: null },
        failure: failure && {
          startedAt: instant(failure.startedAt),
          restoredAt: failure.restoredAt === null ? null : instant(failure.restoredAt),
          incidents: failure.incidents,
          rolledBackAt: failure.rolledBackAt === null ? null : instant(failure.rolledBackAt),
        },
        ...linksOf(repoId, brought.get(`${repoId} ${at}`) ?? []),
      };
    }),
    nextCursor:
      last === undefined
        ? null
        : encodeCursor({ sort: ORDER, value: String(last.at), tie: [String(last.repoId), String(last.number)] }),
    total: found.length,
  };
}
