import {
  AUTHOR_KINDS,
  CATEGORIES,
  CATEGORY_SEVERITY,
  type Dimension,
  SEVERITIES,
  SIZE_BUCKETS,
  UNASSIGNED_TEAM,
} from "@/lib/core/dimensions";
import { FAILURE_CAUSES } from "@/lib/core/failure-causes";
import type { Profile } from "@/lib/metrics/columns/table";
import type { Directory } from "@/lib/metrics/directory";
import type { Group } from "@/lib/metrics/types";
import { authorKindOf, categoryOf, failureCauseOf, sizeBucketNameOf, UNKNOWN_AGENT } from "@/lib/metrics/vocabulary";
import { isUnnamedAgent } from "./filter";

/** The values that a dimension can have in a query, each with a position. */
class Labels {
  readonly list: readonly string[];
  private readonly positions: ReadonlyMap<string, number>;

  constructor(values: Iterable<string>) {
    this.list = [...new Set(values)];
    this.positions = new Map(this.list.map((value, position) => [value, position]));
  }

  /** Positions of a value: one, or none for a value that the query does not know. */
  of(value: string | undefined): number[] {
    const position = value === undefined ? undefined : this.positions.get(value);
    return position === undefined ? [] : [position];
  }
}

/** What the dimensions of a query are called, and which of their values a repository, team or profile has. */
export class DimensionLabels {
  /** Made when they are first asked for: a company has many repositories, and few questions tell them apart. */
  private readonly labels = new Map<Dimension, Labels>();
  private readonly slugOfOrg: ReadonlyMap<number, string>;
  private repoNames: ReadonlyMap<number, string> | null = null;
  private readonly slugOfTeam: ReadonlyMap<number, string>;
  private readonly agents: readonly { bit: bigint; key: string }[];

  constructor(private readonly directory: Directory) {
    const { agents, orgs, teams } = directory;
    this.slugOfOrg = new Map(orgs.map(({ id, slug }) => [id, slug]));
    this.slugOfTeam = new Map(teams.map(({ id, slug }) => [id, slug]));
    this.agents = agents.map(({ code, key }) => ({ bit: 1n << BigInt(code), key }));
  }

  private nameOfRepo(id: number): string | undefined {
    this.repoNames ??= new Map(this.directory.repos.map((repo) => [repo.id, repo.value]));
    return this.repoNames.get(id);
  }

  private of(dimension: Dimension): Labels {
    let known = this.labels.get(dimension);
    if (known === undefined) {
      known = new Labels(this.valuesOf(dimension));
      this.labels.set(dimension, known);
    }
    return known;
  }

  private valuesOf(dimension: Dimension): Iterable<string> {
    switch (dimension) {
      case "org":
        return this.slugOfOrg.values();
      case "repo":
        return this.directory.repos.map(({ value }) => value);
      case "team":
        return [UNASSIGNED_TEAM, ...this.slugOfTeam.values()];
      case "agent":
        return [...this.agents.map(({ key }) => key), UNKNOWN_AGENT];
      case "authorKind":
        return AUTHOR_KINDS;
      case "category":
        return CATEGORIES;
      case "severity":
        return SEVERITIES;
      case "sizeBucket":
        return SIZE_BUCKETS;
      case "cause":
        return FAILURE_CAUSES;
      case "environment":
        return [];
    }
  }

  list(dimension: Dimension): readonly string[] {
    return this.of(dimension).list;
  }

  position(dimension: Dimension, value: string | undefined): number | null {
    return this.of(dimension).of(value)[0] ?? null;
  }

  /** Of `org` and `repo`. */
  ofRepo(dimension: Dimension, orgId: number, repoId: number): number[] {
    return dimension === "org"
      ? this.of("org").of(this.slugOfOrg.get(orgId))
      : this.of("repo").of(this.nameOfRepo(repoId));
  }

  ofTeam(teamId: number | null): number[] {
    const slug = teamId === null ? undefined : this.slugOfTeam.get(teamId);
    return this.of("team").of(slug ?? UNASSIGNED_TEAM);
  }

  /** Of the dimensions that a profile has: several agents when several took part, none for work of people. */
  ofProfile(dimension: Dimension, profile: Profile): number[] {
    switch (dimension) {
      case "agent":
        if (profile.agentMask === 0n) return isUnnamedAgent(profile) ? this.of("agent").of(UNKNOWN_AGENT) : [];
        return this.agents.flatMap(({ bit, key }) =>
          (profile.agentMask & bit) === 0n ? [] : this.of("agent").of(key),
        );
      case "authorKind":
        return this.of("authorKind").of(authorKindOf(profile.authorKind));
      case "category":
        return this.of("category").of(categoryOf(profile.category));
      case "severity":
        return this.of("severity").of(CATEGORY_SEVERITY[categoryOf(profile.category)]);
      case "sizeBucket":
        return this.of("sizeBucket").of(sizeBucketNameOf(profile.sizeBucket));
      case "cause":
        return this.of("cause").of(failureCauseOf(profile.cause));
      default:
        return [];
    }
  }
}

const REPO_DIMENSIONS = new Set<Dimension>(["org", "repo"]);

/**
 * The groups of a list of dimensions as numbers: the position of each dimension's value is a digit. The digits that a
 * repository, a team and a profile give add up to the group of a pull request.
 */
export class GroupSpace {
  /** Groups that could exist. */
  readonly size: number;
  private readonly strides: ReadonlyMap<Dimension, number>;

  constructor(
    readonly groupBy: readonly Dimension[],
    private readonly labels: DimensionLabels,
  ) {
    const strides = new Map<Dimension, number>();
    let size = 1;
    for (const dimension of groupBy) {
      strides.set(dimension, size);
      size *= labels.list(dimension).length;
    }
    this.strides = strides;
    this.size = size;
  }

  /** Every sum of one digit per dimension; empty when a dimension has no value. */
  private sums(dimensions: readonly Dimension[], positionsOf: (dimension: Dimension) => number[]): number[] {
    return dimensions.reduce<number[]>(
      (sums, dimension) =>
        sums.flatMap((sum) =>
          positionsOf(dimension).map((position) => sum + position * (this.strides.get(dimension) ?? 0)),
        ),
      [0],
    );
  }

  ofRepo(orgId: number, repoId: number): number[] {
    const own = this.groupBy.filter((dimension) => REPO_DIMENSIONS.has(dimension));
    return this.sums(own, (dimension) => this.labels.ofRepo(dimension, orgId, repoId));
  }

  ofTeam(teamId: number | null): number[] {
    return this.groupBy.includes("team") ? this.sums(["team"], () => this.labels.ofTeam(teamId)) : [0];
  }

  ofProfile(profile: Profile): number[] {
    const own = this.groupBy.filter((dimension) => dimension !== "team" && !REPO_DIMENSIONS.has(dimension));
    return this.sums(own, (dimension) => this.labels.ofProfile(dimension, profile));
  }

  /** Every label that a dimension can have, by position. */
  labelsOf(dimension: Dimension): readonly string[] {
    return this.labels.list(dimension);
  }

  /** What one position of a dimension adds to a group's number. */
  strideOf(dimension: Dimension): number {
    return this.strides.get(dimension) ?? 0;
  }

  /** Position of a group's value of a dimension. */
  positionIn(code: number, dimension: Dimension): number {
    return Math.floor(code / (this.strides.get(dimension) ?? 1)) % this.labels.list(dimension).length;
  }

  /** What is left of a group's number when only these dimensions are kept. */
  keep(code: number, dimensions: readonly Dimension[]): number {
    let kept = 0;
    for (const dimension of dimensions) kept += this.positionIn(code, dimension) * this.strideOf(dimension);
    return kept;
  }

  /** The group that a number stands for. */
  groupOf(code: number): Group {
    const group: Group = {};
    for (const dimension of this.groupBy) {
      group[dimension] = this.labels.list(dimension)[this.positionIn(code, dimension)] ?? "";
    }
    return group;
  }

  /** Sum of the parts of these dimensions in a group's number. */
  sumOf(dimensions: readonly Dimension[], group: Group): number {
    let sum = 0;
    for (const dimension of dimensions) {
      sum += (this.labels.position(dimension, group[dimension]) ?? 0) * this.strideOf(dimension);
    }
    return sum;
  }

  /** The number that a group of this space has in a space with fewer dimensions. */
  codeIn(other: GroupSpace, code: number): number {
    let sum = 0;
    for (const dimension of other.groupBy) sum += this.positionIn(code, dimension) * other.strideOf(dimension);
    return sum;
  }
}
