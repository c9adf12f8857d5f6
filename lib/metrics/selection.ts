import {
  AUTHOR_KIND_CODE,
  CATEGORY_CODE,
  type Dimension,
  SIZE_BUCKET_CODE,
  UNASSIGNED_TEAM,
} from "@/lib/core/dimensions";
import { AppError } from "@/lib/core/errors";
import { FAILURE_CAUSE_CODE, NOT_TRIAGED, NOT_TRIAGED_CODE } from "@/lib/core/failure-causes";
import { causeWord } from "./columns/table";
import type { Directory, OrgEntry, RepoEntry } from "./directory";
import type { Filters } from "./schema";
import { categoryCodesOf, UNKNOWN_AGENT } from "./vocabulary";

/** A repository with data, and up to when they are complete. */
export type CoveredRepo = RepoEntry & { coverage: NonNullable<RepoEntry["coverage"]> };

/** What the filters of a query select, as ids and codes. */
export interface Selection {
  orgs: OrgEntry[];
  /** Repositories in the selected organisations that pass the repository filter and have data. */
  repos: CoveredRepo[];
  /** What the other filters let through; `org` and `repo` are in `repos`. */
  narrowings: Map<Dimension, Narrowing>;
}

/** What the filter of one dimension lets through, as stored ids and codes. */
export type Narrowing =
  /** Team ids; null stands for none. */
  | { by: "team"; ids: ReadonlySet<number | null> }
  /** Bits of `agent_mask`; `unnamed` lets agent work without any agent's mark through. */
  | { by: "agent"; mask: bigint; unnamed: boolean }
  | { by: "authorKind" | "category" | "sizeBucket" | "cause"; codes: ReadonlySet<number> };

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

function teamNarrowing(find: Find, directory: Directory, values: readonly string[]): Narrowing {
  const named = directory.teams.map(({ id, slug }) => ({ id, slug }));
  const teams = find("team", values, [...named, { id: null, slug: UNASSIGNED_TEAM }], ({ slug }) => slug);
  return { by: "team", ids: new Set(teams.map(({ id }) => id)) };
}

function agentNarrowing(find: Find, directory: Directory, values: readonly string[]): Narrowing {
  const known = [...directory.agents.map(({ code, key }) => ({ code, key })), { code: null, key: UNKNOWN_AGENT }];
  const agents = find("agent", values, known, ({ key }) => key);
  return {
    by: "agent",
    mask: agents.reduce((bits, { code }) => (code === null ? bits : bits | (1n << BigInt(code))), 0n),
    unnamed: agents.some(({ code }) => code === null),
  };
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
  const narrowings = new Map<Dimension, Narrowing>();
  const codes = (by: "authorKind" | "category" | "sizeBucket" | "cause", list: readonly number[]): Narrowing => ({
    by,
    codes: new Set(list),
  });
  if (filters.team) narrowings.set("team", teamNarrowing(find, directory, filters.team));
  if (filters.agent) narrowings.set("agent", agentNarrowing(find, directory, filters.agent));
  if (filters.authorKind) {
    const kinds = filters.authorKind.map((kind) => AUTHOR_KIND_CODE[kind]);
    narrowings.set("authorKind", codes("authorKind", kinds));
  }
  if (filters.category) {
    const categories = filters.category.map((category) => CATEGORY_CODE[category]);
    narrowings.set("category", codes("category", categories));
  }
  // The severity is not stored: it follows from the category.
  if (filters.severity) narrowings.set("severity", codes("category", categoryCodesOf(filters.severity)));
  if (filters.sizeBucket) {
    const buckets = filters.sizeBucket.map((bucket) => SIZE_BUCKET_CODE[bucket]);
    narrowings.set("sizeBucket", codes("sizeBucket", buckets));
  }
  if (filters.cause) {
    const causes = filters.cause.map((cause) =>
      causeWord(cause === NOT_TRIAGED ? NOT_TRIAGED_CODE : FAILURE_CAUSE_CODE[cause]),
    );
    narrowings.set("cause", codes("cause", causes));
  }
  return { orgs, repos, narrowings };
}
