import { AUTHOR_KIND_CODE, EXCLUSION_CODE } from "@/lib/core/dimensions";
import { type FactTable, MISSING } from "@/lib/metrics/columns/table";
import { compileRowFilter, profilePasses } from "@/lib/metrics/scan/filter";
import type { GroupSpace } from "@/lib/metrics/scan/group-space";
import { firstRowAt } from "@/lib/metrics/scan/stretches";
import type { Selection } from "@/lib/metrics/selection";

/** For so long after something of theirs was merged somebody counts as active (metrics.md 2.3). */
export const ACTIVE_DAYS = 28;
const ACTIVE_MS = ACTIVE_DAYS * 86_400_000;

/** The people of a group, and when something of theirs was merged last. */
class ActivePeople {
  private readonly placeOf = new Map<number, number>();
  private readonly last: number[] = [];
  /** Those active in the days before the end of each bucket. */
  readonly counts: Int32Array;
  /** Pull requests for which nobody on the roster is named, as differences from bucket to bucket. */
  readonly unnamed: Int32Array;

  constructor(buckets: number) {
    this.counts = new Int32Array(buckets);
    this.unnamed = new Int32Array(buckets + 1);
  }

  see(person: number, at: number): void {
    const place = this.placeOf.get(person);
    if (place === undefined) this.placeOf.set(person, this.last.push(at) - 1);
    else this.last[place] = at;
  }

  count(bucket: number, end: number): void {
    const since = end - ACTIVE_MS;
    let count = 0;
    for (let place = 0; place < this.last.length; place += 1) if ((this.last[place] as number) >= since) count += 1;
    this.counts[bucket] = count;
  }

  /** A pull request of nobody, in the buckets from one to before another. */
  miss(from: number, to: number): void {
    this.unnamed[from] = (this.unnamed[from] as number) + 1;
    this.unnamed[to] = (this.unnamed[to] as number) - 1;
  }
}

export interface PeopleInput {
  tables: readonly FactTable[];
  space: GroupSpace;
  /** The same without the dimensions that tell agents apart: of whom the people in `space` are a share. */
  wholes: GroupSpace;
  selection: Selection;
  /** In milliseconds, ascending; those that begin after an organisation's data end are not counted. */
  buckets: readonly { start: number; end: number }[];
  /** Where the data of an organisation end. */
  endOf: (orgId: number) => number;
}

/** By group of `space` those who worked with agents, and by group of `wholes` everybody. */
export interface PeopleCounts {
  withAgents: Map<number, Int32Array>;
  everybody: Map<number, { people: Int32Array; unnamed: Int32Array }>;
}

/**
 * Counts the distinct people on the roster for whom something was merged in the 28 days before the end of each bucket, and
 * those of them for whom an agent had a hand in it. A filter by agent narrows the latter alone.
 */
export function countPeople(input: PeopleInput): PeopleCounts {
  const { endOf, tables } = input;
  const total: PeopleCounts = { withAgents: new Map(), everybody: new Map() };
  const buckets = input.buckets.length;
  for (const table of tables) {
    const last = endOf(table.orgId);
    const own = input.buckets.filter(({ start }) => start < last);
    if (own.length === 0) continue;
    const { everybody, withAgents } = countTable(
      table,
      input,
      own.map(({ end }) => Math.min(end, last)),
    );
    for (const [code, { counts }] of withAgents) {
      const sums = total.withAgents.get(code) ?? new Int32Array(buckets);
      total.withAgents.set(code, sums);
      for (const [bucket, count] of counts.entries()) sums[bucket] = (sums[bucket] as number) + count;
    }
    for (const [code, { counts, unnamed }] of everybody) {
      const sums = total.everybody.get(code) ?? {
        people: new Int32Array(buckets),
        unnamed: new Int32Array(buckets),
      };
      total.everybody.set(code, sums);
      let running = 0;
      for (const [bucket, count] of counts.entries()) {
        running += unnamed[bucket] as number;
        sums.people[bucket] = (sums.people[bucket] as number) + count;
        sums.unnamed[bucket] = (sums.unnamed[bucket] as number) + running;
      }
    }
  }
  return total;
}

interface TablePeople {
  withAgents: Map<number, ActivePeople>;
  everybody: Map<number, ActivePeople>;
}

/** Which rows of a table count, and in which groups, by position in its dictionaries. */
function readersOf(table: FactTable, { selection, space, wholes }: PeopleInput) {
  const byAgent = selection.narrowings.get("agent");
  const others = [...selection.narrowings].filter(([by]) => by !== "agent");
  const filter = compileRowFilter(table, selection.repos, new Map(others));
  const isEligible = table.profiles.map(({ exclusion }) => exclusion === EXCLUSION_CODE.none);
  const digits = (of: GroupSpace) => ({
    repo: table.repos.map((id) => of.ofRepo(table.orgId, id)),
    team: table.teams.map((id) => of.ofTeam(id)),
  });
  const [own, whole] = [digits(space), digits(wholes)];
  const agents = table.profiles.map((profile) => {
    const isAgents =
      (profile.authorKind === AUTHOR_KIND_CODE.agent || profile.authorKind === AUTHOR_KIND_CODE.assisted) &&
      (byAgent === undefined || profilePasses(byAgent, profile));
    return isAgents ? space.ofProfile(profile) : [];
  });
  return {
    passes: (row: number): boolean =>
      filter.repo[table.repo[row] as number] === 1 &&
      (filter.team === null || filter.team[table.team[row] as number] === 1) &&
      isEligible[table.profile[row] as number] === true,
    wholeOf: (row: number): number | null => {
      const [repo, team] = [whole.repo[table.repo[row] as number]?.[0], whole.team[table.team[row] as number]?.[0]];
      return repo === undefined || team === undefined ? null : repo + team;
    },
    /** Groups with agents that the row is in, several where several agents had a hand in it. */
    groupsOf: (row: number): number[] => {
      const [repo, team] = [own.repo[table.repo[row] as number]?.[0], own.team[table.team[row] as number]?.[0]];
      if (repo === undefined || team === undefined) return [];
      return (agents[table.profile[row] as number] ?? []).map((agent) => repo + team + agent);
    },
  };
}

function countTable(table: FactTable, input: PeopleInput, ends: readonly number[]): TablePeople {
  const { groupsOf, passes, wholeOf } = readersOf(table, input);
  const found: TablePeople = { withAgents: new Map(), everybody: new Map() };
  const groupIn = (groups: Map<number, ActivePeople>, code: number): ActivePeople => {
    const known = groups.get(code) ?? new ActivePeople(ends.length);
    groups.set(code, known);
    return known;
  };
  const countBucket = (bucket: number): void => {
    for (const groups of [found.withAgents, found.everybody]) {
      for (const people of groups.values()) people.count(bucket, ends[bucket] as number);
    }
  };
  let bucket = 0;
  // The first bucket that a pull request is more than 28 days before the end of.
  let reach = 0;
  const last = firstRowAt(table, ends.at(-1) ?? 0);
  for (let row = firstRowAt(table, (ends[0] ?? 0) - ACTIVE_MS); row < last; row += 1) {
    const at = table.mergedAt[row] as number;
    while ((ends[bucket] as number) <= at) countBucket(bucket++);
    while (reach < ends.length && (ends[reach] as number) <= at + ACTIVE_MS) reach += 1;
    const whole = passes(row) ? wholeOf(row) : null;
    if (whole === null) continue;
    const person = table.person[row] as number;
    const people = groupIn(found.everybody, whole);
    if (person === MISSING) people.miss(bucket, reach);
    else {
      people.see(person, at);
      for (const code of groupsOf(row)) groupIn(found.withAgents, code).see(person, at);
    }
  }
  while (bucket < ends.length) countBucket(bucket++);
  return found;
}
