import {
  AUTHOR_KIND_CODE,
  CATEGORY_CODE,
  type Dimension,
  SIZE_BUCKET_CODE,
  UNASSIGNED_TEAM,
} from "@/lib/core/dimensions";
import { AppError } from "@/lib/core/errors";
import { type Sql, sql } from "@/lib/db/sql";
import type { Directory, OrgEntry, RepoEntry } from "./directory";
import type { Filters } from "./schema";
import { categoryCodesOf, UNKNOWN_AGENT } from "./vocabulary";

/** A repository with data, and up to when they are complete. */
export type CoveredRepo = RepoEntry & { coverage: NonNullable<RepoEntry["coverage"]> };

/** What the filters of a query select, as ids and as conditions on `fact_pull_request f`. */
export interface Selection {
  orgs: OrgEntry[];
  /** Repositories in the selected organisations that pass the repository filter and have data. */
  repos: CoveredRepo[];
  /** Conditions of the other filters; `org` and `repo` are in `repos`. */
  conditions: Map<Dimension, Sql>;
}

/** Finds every value of a filter, or names the one that nothing in the scope is called. */
type Find = <Entry>(
  dimension: Dimension,
  values: readonly string[],
  entries: readonly Entry[],
  ...keys: ((entry: Entry) => string)[]
) => Entry[];

const createFind =
  (pointer: string): Find =>
  (dimension, values, entries, ...keys) => {
    return [...new Set(values)].flatMap((value) => {
      for (const key of keys) {
        const found = entries.filter((entry) => key(entry) === value);
        if (found.length > 0) return found;
      }
      throw new AppError({
        code: "unprocessable",
        message: `The filter ${dimension} has the value "${value}", which is not known here.`,
        pointer: `${pointer}/${dimension}/${values.indexOf(value)}`,
      });
    });
  };

/** The sample fleet is left out as soon as a real organisation has data, unless the filters name it. */
function defaultOrgs({ orgs, repos }: Directory): OrgEntry[] {
  const withData = new Set(repos.filter(({ coverage }) => coverage !== null).map(({ orgId }) => orgId));
  const real = orgs.filter(({ isSample }) => !isSample);
  return real.some(({ id }) => withData.has(id)) ? real : orgs;
}

function teamCondition(find: Find, directory: Directory, values: readonly string[]): Sql {
  const named = directory.teams.map(({ id, slug }) => ({ id, slug }));
  const teams = find("team", values, [...named, { id: null, slug: UNASSIGNED_TEAM }], ({ slug }) => slug);
  const ids = teams.flatMap(({ id }) => (id === null ? [] : [id]));
  return teams.some(({ id }) => id === null)
    ? sql`(f.team_id is null or f.team_id = any(${ids}::int[]))`
    : sql`f.team_id = any(${ids}::int[])`;
}

/** The agent of a pull request that carries no agent's mark although agents took part. */
const UNNAMED = sql`(f.agent_mask = 0 and f.author_kind in (${AUTHOR_KIND_CODE.agent}, ${AUTHOR_KIND_CODE.assisted}))`;

function agentCondition(find: Find, directory: Directory, values: readonly string[]): Sql {
  const known = [...directory.agents.map(({ code, key }) => ({ code, key })), { code: null, key: UNKNOWN_AGENT }];
  const agents = find("agent", values, known, ({ key }) => key);
  const mask = agents.reduce((bits, { code }) => (code === null ? bits : bits | (1n << BigInt(code))), 0n);
  const marked = sql`(f.agent_mask & ${mask.toString()}::bigint) <> 0`;
  return agents.some(({ code }) => code === null) ? sql`(${marked} or ${UNNAMED})` : marked;
}

/**
 * Resolves the filters of a query against what the scope may name.
 * @param pointer of the object that holds the filters, for messages
 * @throws {AppError} `unprocessable` with the pointer of a value that nothing is called.
 */
export function selectPullRequests(directory: Directory, filters: Filters, pointer = "/filters"): Selection {
  const find = createFind(pointer);
  // `org/name` is one repository; a bare name is every repository of that name.
  const named =
    filters.repo &&
    find(
      "repo",
      filters.repo,
      directory.repos,
      ({ value }) => value,
      ({ name }) => name,
    );
  const namedOrgs = filters.org && find("org", filters.org, directory.orgs, ({ slug }) => slug);
  const orgs =
    namedOrgs ??
    (named === undefined
      ? defaultOrgs(directory)
      : directory.orgs.filter(({ id }) => named.some(({ orgId }) => orgId === id)));
  const orgIds = new Set(orgs.map(({ id }) => id));
  const repos = (named ?? directory.repos).flatMap((repo) =>
    repo.coverage !== null && orgIds.has(repo.orgId) ? [{ ...repo, coverage: repo.coverage }] : [],
  );
  const conditions = new Map<Dimension, Sql>();
  if (filters.team) conditions.set("team", teamCondition(find, directory, filters.team));
  if (filters.agent) conditions.set("agent", agentCondition(find, directory, filters.agent));
  if (filters.authorKind) {
    const codes = filters.authorKind.map((kind) => AUTHOR_KIND_CODE[kind]);
    conditions.set("authorKind", sql`f.author_kind = any(${codes}::smallint[])`);
  }
  if (filters.category) {
    const codes = filters.category.map((category) => CATEGORY_CODE[category]);
    conditions.set("category", sql`f.category = any(${codes}::smallint[])`);
  }
  if (filters.severity) {
    conditions.set("severity", sql`f.category = any(${categoryCodesOf(filters.severity)}::smallint[])`);
  }
  if (filters.sizeBucket) {
    const codes = filters.sizeBucket.map((bucket) => SIZE_BUCKET_CODE[bucket]);
    conditions.set("sizeBucket", sql`f.size_bucket = any(${codes}::smallint[])`);
  }
  return { orgs, repos, conditions };
}
