import type { AgentTool } from "@/prisma/seed/adoption";
import { DOMAINS } from "@/prisma/seed/domains";
import { drawPerson, type Person } from "@/prisma/seed/people";
import { type Random, randomStream } from "@/prisma/seed/random";
import { hoursToRollback } from "@/prisma/seed/reverts";
import { type OrdinaryTask, taskWeights } from "@/prisma/seed/tasks";
import { titleOf } from "@/prisma/seed/titles";
import { drawInstant, progressAt } from "./clock";
import { type Company, type CompanyRepository, END } from "./company";

const HOUR_MS = 3_600_000;

interface WorkBase {
  number: number;
  /** Milliseconds since the epoch: merged or closed. */
  at: number;
  title: string;
  person: Person;
}

/** New work of a person, of an agent, or of both. */
export interface Ordinary extends WorkBase {
  kind: "ordinary";
  outcome: "merged" | "closed";
  task: OrdinaryTask;
  agent: { tool: AgentTool; alone: boolean } | null;
}

/** A dependency update or a release: merged, and left out of the population. */
export interface Routine extends WorkBase {
  kind: "update" | "release";
  outcome: "merged";
}

export const REVERT_FORMS = ["button", "button_sha", "prefixed", "numbered"] as const;
export interface Revert extends WorkBase {
  kind: "revert";
  outcome: "merged";
  form: (typeof REVERT_FORMS)[number];
  target: Ordinary;
}

export type Work = Ordinary | Routine | Revert;

const TOOLS: Record<Exclude<AgentTool, "acme_autofix">, number> = {
  claude_code: 0.38,
  copilot: 0.22,
  cursor: 0.16,
  codex: 0.12,
  devin: 0.07,
  jules: 0.05,
};
const ALONE = 0.55;
/** Share of agent work on the first and the last day: about a quarter over the whole period. */
const AGENT_SHARE = { first: 0.08, last: 0.46 } as const;
/** Agent work is taken back more often, so that rates differ between the arms. */
const AGENT_REVERT_WEIGHT = 1.8;
const LAST_ISSUE = 9_999_999;
const UPDATE_SHARE = 0.04;
const RELEASE_SHARE = 0.01;

function drawAgent(at: number, random: Random): Ordinary["agent"] {
  const share = AGENT_SHARE.first + (AGENT_SHARE.last - AGENT_SHARE.first) * progressAt(at);
  return random.chance(share) ? { tool: random.weighted(TOOLS), alone: random.chance(ALONE) } : null;
}

function ordinary(repository: CompanyRepository, outcome: Ordinary["outcome"], at: number, random: Random): Ordinary {
  const task = random.weighted(taskWeights(repository.domain, "web", 0));
  return {
    kind: "ordinary",
    outcome,
    number: 0,
    at,
    // The issue's key makes titles as different as they are in real histories: an equal one reads as a second attempt.
    title: `${titleOf(task, DOMAINS[repository.domain], random)} (MW-${random.int(1, LAST_ISSUE)})`,
    person: drawPerson(repository.team.people, random),
    task,
    agent: drawAgent(at, random),
  };
}

function routine(repository: CompanyRepository, kind: Routine["kind"], at: number, random: Random): Routine {
  const version = `${random.int(1, 9)}.${random.int(0, 30)}.${random.int(0, 9)}`;
  const title =
    kind === "release"
      ? `chore(release): v${version}`
      : `chore(deps): bump ${random.pick(DOMAINS[repository.domain].modules)}-kit to ${version}`;
  return { kind, outcome: "merged", number: 0, at, title, person: drawPerson(repository.team.people, random) };
}

/** Takes `count` of the merged work back: every target once, agent work more often. */
function takeBack(repository: CompanyRepository, merged: readonly Ordinary[], count: number, random: Random): Revert[] {
  const latest = END - 2 * HOUR_MS;
  const keyed = merged
    .filter(({ at }) => at < latest)
    .map((target) => ({ target, key: random.next() ** (target.agent === null ? 1 : 1 / AGENT_REVERT_WEIGHT) }))
    .sort((left, right) => right.key - left.key);
  if (keyed.length < count) throw new RangeError(`${repository.name} has too little work to take ${count} back`);
  return keyed.slice(0, count).map(({ target }): Revert => {
    const planned = target.at + Math.round(hoursToRollback(random.next()) * 3600) * 1000;
    const at = planned < END ? planned : target.at + Math.round((END - target.at) * random.between(0.1, 0.9));
    return {
      kind: "revert",
      outcome: "merged",
      number: 0,
      at,
      title: "",
      person: drawPerson(repository.team.people, random),
      form: random.pick(REVERT_FORMS),
      target,
    };
  });
}

/** Everything that ends in a repository, in time order and numbered in it. Exactly the counts of the repository. */
export function planWork(company: Company, repository: CompanyRepository): Work[] {
  const random = randomStream(company.size.seed, `work:${repository.name}`);
  const { closed, pullRequests, reverts } = repository.counts;
  const others = pullRequests - closed - reverts;
  const updates = Math.floor(others * UPDATE_SHARE);
  const releases = Math.floor(others * RELEASE_SHARE);
  const draw = <One>(count: number, make: (at: number) => One): One[] =>
    Array.from({ length: count }, () => make(drawInstant(random)));
  const merged = draw(others - updates - releases, (at) => ordinary(repository, "merged", at, random));
  const work: Work[] = [
    ...merged,
    ...draw(closed, (at) => ordinary(repository, "closed", at, random)),
    ...draw(updates, (at) => routine(repository, "update", at, random)),
    ...draw(releases, (at) => routine(repository, "release", at, random)),
    ...takeBack(repository, merged, reverts, random),
  ];
  work.sort((left, right) => left.at - right.at);
  for (const [index, one] of work.entries()) one.number = index + 1;
  return work;
}

/** Ordinary work that is merged after the company's end, numbered from `number` on. */
export function planLater(
  company: Company,
  repository: CompanyRepository,
  { count, from, label, number, until }: { count: number; from: number; label: string; number: number; until: number },
): Ordinary[] {
  const random = randomStream(company.size.seed, `${label}:${repository.name}`);
  const instants = Array.from(
    { length: count },
    () => from + Math.floor(random.next() * ((until - from) / 1000)) * 1000,
  );
  return instants
    .sort((left, right) => left - right)
    .map((at, index) => ({ ...ordinary(repository, "merged", at, random), number: number + index }));
}
