import type { Evidence } from "@/lib/attribution/types";
import { type FirstDeployed, inLineOrder, type LiveDeployment, type MergedPullRequest } from "./first-deployed";

/** How a rollback that no revert tells of is known; `ambiguous`: others came with it, and nothing says which was meant. */
export type TakenBackKind = "deployment" | "told" | "ambiguous";

/** That one rollback takes back one pull request. */
export interface TakenBack {
  number: number;
  /** Of the deployment, or of what was told. */
  id: string;
  at: Date;
  kind: TakenBackKind;
  /** What runs afterwards; empty where nothing was deployed. */
  sha: string;
  title: string;
  evidence: Evidence[];
}

/** A rollback that was done without a deployment. */
export interface ToldRollback {
  id: string;
  at: Date;
  how: "flag" | "hand";
  numbers: readonly number[];
  reason: string | null;
}

/** What else says of a pull request that it was at fault: an incident that names it, or a revert of it. */
export interface Naming {
  number: number;
  at: Date;
  what: string;
}

export interface RollbackSources {
  /** In their order. */
  deployments: readonly LiveDeployment[];
  told: readonly ToldRollback[];
  merged: readonly MergedPullRequest[];
  incidents: readonly Naming[];
  reverts: readonly Naming[];
  first: FirstDeployed;
}

export interface Rollbacks {
  takenBack: TakenBack[];
  /** Deployments that went back to an older version, and nothing said so. */
  wentBack: string[];
}

const DAY_MS = 86_400_000;
const SHORT_SHA = 7;

const TOLD_TITLE: Readonly<Record<ToldRollback["how"], string>> = {
  flag: "Switched off by a flag",
  hand: "Taken back by hand",
};

/** What ran in one environment of a service, as far as it was followed. */
class Running {
  /** In order, rollbacks too. */
  private readonly ran: LiveDeployment[] = [];
  private readonly seen = new Set<string>();
  private lowest = Number.POSITIVE_INFINITY;
  current: LiveDeployment | null = null;

  /**
   * Whether a deployment goes back although nothing says so: to a commit before the one that runs, which ran before or is older than
   * all that ever did. One between them that never ran is a deployment that another one overtook.
   */
  goesBack({ position, sha }: LiveDeployment): boolean {
    const now = this.current?.position ?? null;
    return position !== null && now !== null && position < now && (this.seen.has(sha) || position < this.lowest);
  }

  /** Whether a deployment was overtaken by a newer one before it was over: it is not what runs now. */
  isOvertaken({ position }: LiveDeployment): boolean {
    const now = this.current?.position ?? null;
    return position !== null && now !== null && position < now;
  }

  /** What was deployed since a version ran last; null: it never did. */
  since(sha: string): LiveDeployment[] | null {
    return this.seen.has(sha) ? this.ran.slice(this.ran.findLastIndex((one) => one.sha === sha) + 1) : null;
  }

  take(deployment: LiveDeployment): void {
    this.seen.add(deployment.sha);
    this.lowest = Math.min(this.lowest, deployment.position ?? Number.POSITIVE_INFINITY);
    this.current = deployment;
    this.ran.push(deployment);
  }
}

/** What is said of pull requests by their numbers, in its order. */
export function byPullRequest<Said extends { number: number }>(all: readonly Said[]): Map<number, Said[]> {
  const groups = new Map<number, Said[]>();
  for (const one of all) {
    const group = groups.get(one.number);
    if (group === undefined) groups.set(one.number, [one]);
    else group.push(one);
  }
  return groups;
}

/** Follows the environments of all services of a repository. */
class Follower {
  readonly found: Rollbacks = { takenBack: [], wentBack: [] };
  /** By number the first rollback that may have meant it: what may have meant it later says nothing more. */
  readonly unclear = new Map<number, TakenBack>();
  private readonly line: { number: number; position: number }[];
  private readonly known: ReadonlySet<number>;
  private readonly mergedAt: ReadonlyMap<number, Date>;
  private readonly incidents: ReadonlyMap<number, Naming[]>;
  private readonly reverts: ReadonlyMap<number, Naming[]>;

  constructor(private readonly sources: RollbackSources) {
    this.line = inLineOrder(sources.merged);
    this.mergedAt = new Map(sources.merged.map(({ mergedAt, number }) => [number, mergedAt]));
    this.known = new Set(this.mergedAt.keys());
    this.incidents = byPullRequest(sources.incidents);
    this.reverts = byPullRequest(sources.reverts);
  }

  follow(deployments: readonly LiveDeployment[]): void {
    const running = new Running();
    for (const deployment of deployments) {
      const isTold = deployment.kind === "rollback";
      const isBack = isTold || running.goesBack(deployment);
      if (!isBack && running.isOvertaken(deployment)) continue;
      if (isBack && !isTold) this.found.wentBack.push(deployment.id);
      if (isBack) this.takeBack(deployment, running, isTold ? deployment.numbers : []);
      running.take(deployment);
    }
  }

  private takeBack(deployment: LiveDeployment, running: Running, named: readonly number[]): void {
    const { environment, service, sha } = deployment;
    const version = sha.slice(0, SHORT_SHA);
    const title = `${service} went back to ${version} in ${environment}`;
    const { at, id } = deployment;
    const of = (number: number, kind: TakenBackKind, evidence: Evidence): TakenBack => ({
      number,
      id,
      at,
      kind,
      sha,
      title,
      evidence: [evidence],
    });
    const add = (number: number, evidence: Evidence) => this.found.takenBack.push(of(number, "deployment", evidence));
    const own = [...new Set(named)].filter((number) => this.known.has(number));
    if (own.length > 0) {
      const text = `The rollback of ${service} in ${environment} names it.`;
      for (const number of own) add(number, { rule: "deployment:named", text });
      return;
    }
    const { isCertain, numbers } = this.rangeOf(deployment, running);
    const meant = numbers.flatMap((number) => this.namingOf(number, deployment, running) ?? []);
    if (meant.length > 0) {
      for (const { number, what } of meant) add(number, { rule: "deployment:meant", text: what });
      return;
    }
    const [only] = numbers;
    if (numbers.length === 1 && only !== undefined && isCertain) {
      const text = `${service} went back to ${version} in ${environment}, and nothing else was merged between.`;
      add(only, { rule: "deployment:only", text });
      return;
    }
    const text = isCertain
      ? `${service} went back to ${version} in ${environment}, which takes back ${numbers.length} pull requests; nothing says which of them was meant.`
      : `${service} went back to ${version} in ${environment}; whether that takes this one back cannot be told, since that version was never seen.`;
    for (const number of numbers) {
      const known = this.unclear.get(number);
      if (known !== undefined && (known.at < at || (known.at.getTime() === at.getTime() && known.id <= id))) continue;
      this.unclear.set(number, of(number, "ambiguous", { rule: "deployment:unclear", text }));
    }
  }

  /**
   * The pull requests between the version that runs and an older one: by the line where both stand on it, else what was deployed
   * since that version ran. Where it never did, the last deployment may be meant, and that is not certain.
   */
  private rangeOf(to: LiveDeployment, running: Running): { numbers: number[]; isCertain: boolean } {
    const { current } = running;
    const from = current?.position ?? null;
    if (from !== null && to.position !== null) {
      const between = this.line.slice(this.placeAfter(to.position), this.placeAfter(from));
      return { numbers: between.map(({ number }) => number), isCertain: true };
    }
    const since = running.since(to.sha);
    const undone = since ?? (current === null ? [] : [current]);
    return { numbers: [...new Set(undone.flatMap((one) => this.broughtBy(one)))], isCertain: since !== null };
  }

  /** How many pull requests of the line stand at a position or before. */
  private placeAfter(position: number): number {
    let [low, high] = [0, this.line.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.line[middle]?.position ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private broughtBy({ id, kind, numbers }: LiveDeployment): number[] {
    if (kind === "rollback") return [];
    return [...(this.sources.first.brought.get(id) ?? []), ...numbers.filter((number) => this.known.has(number))];
  }

  /** What says of one that the rollback is because of it: an incident since it was deployed, or its revert until a day later. */
  private namingOf(number: number, { at }: LiveDeployment, { current }: Running): Naming | null {
    const since = this.sources.first.at.get(number) ?? this.mergedAt.get(number) ?? at;
    const incident = this.incidents.get(number)?.find((one) => one.at >= since && one.at <= at);
    if (incident !== undefined) return incident;
    const from = current?.at ?? since;
    const until = at.getTime() + DAY_MS;
    return this.reverts.get(number)?.find((one) => one.at >= from && one.at.getTime() <= until) ?? null;
  }
}

/**
 * What rollbacks that no revert tells of take back (metrics.md 2.5, cases 3 and 4): an older version in production takes back the
 * pull requests between by the order of the line, where it is one alone, or the rollback, an incident or a revert names it. Of
 * several of which nothing names one each is ambiguous.
 */
export function takeBack(sources: RollbackSources): Rollbacks {
  const follower = new Follower(sources);
  const places = new Map<string, LiveDeployment[]>();
  for (const deployment of sources.deployments) {
    const place = JSON.stringify([deployment.service, deployment.environment]);
    const own = places.get(place);
    if (own === undefined) places.set(place, [deployment]);
    else own.push(deployment);
  }
  for (const own of places.values()) follower.follow(own);
  const known = new Set(sources.merged.map(({ number }) => number));
  const told = sources.told.flatMap(({ at, how, id, numbers, reason }): TakenBack[] =>
    [...new Set(numbers)]
      .filter((number) => known.has(number))
      .map((number) => ({
        number,
        id,
        at,
        kind: "told",
        sha: "",
        title: TOLD_TITLE[how],
        evidence: [{ rule: `told:${how}`, text: reason ?? `${TOLD_TITLE[how]}, as a program told.` }],
      })),
  );
  const { takenBack, wentBack } = follower.found;
  return { wentBack, takenBack: [...takenBack, ...follower.unclear.values(), ...told] };
}
