import { AGENT_TOOLS, type Authorship, agentShare, personalShare, toolWeights } from "./adoption";
import { ALONE_CHANCE, agentMarks } from "./agents";
import { activityOf, dayOf, instantOf, isWeekend, LAST_DAY, SAMPLE_END, workingSecond } from "./calendar";
import type { Credit, OrdinaryChange, Schedule } from "./changes";
import { REPOSITORIES, type SampleRepository } from "./company";
import { DOMAINS } from "./domains";
import { editsFor } from "./edits";
import type { FileTree } from "./file-tree";
import { crewOf, drawPerson, personActor } from "./people";
import { type Random, randomStream } from "./random";
import { AGENT_AFFINITY, type OrdinaryTask, TASK_SHAPE, taskWeights } from "./tasks";
import { slugOf, titleOf } from "./titles";

const HOUR_MS = 3_600_000;
/** Merged pull requests by people and agents over the eighteen months; automation and reverts come on top. */
const WORK_TARGET = 17_250;
/** A push outage in the source-code host: a visible gap on one working day. */
const OUTAGE_DAY = dayOf("2026-06-10");

/** Relative number of merges of a repository on a day. */
function intensity(repository: SampleRepository, day: number): number {
  if (day < repository.firstDay + 4 || (repository.lastDay !== null && day > repository.lastDay)) return 0;
  const rampUp = repository.firstDay === 0 ? 1 : Math.min(1, 0.35 + (day - repository.firstDay) / 120);
  const rest = day === OUTAGE_DAY ? 0.25 : 1;
  return repository.weight * activityOf(day) * (1 + 0.5 * agentShare(repository.team, day)) * rampUp * rest;
}

let scale: number | null = null;

/** Merges per unit of intensity, so that the company's total comes out at the target. */
function mergesPerIntensity(): number {
  if (scale === null) {
    let total = 0;
    for (const repository of REPOSITORIES)
      for (let day = 0; day <= LAST_DAY; day += 1) total += intensity(repository, day);
    scale = WORK_TARGET / total;
  }
  return scale;
}

function drawCredit(
  repository: SampleRepository,
  task: OrdinaryTask,
  title: string,
  day: number,
  at: number,
  random: Random,
): Credit {
  const person = drawPerson(crewOf(repository, at), random);
  const human: Credit = { authorship: "human", tool: null, marks: null, person, author: personActor(person) };
  const share = personalShare(repository.team, day, person.id) * AGENT_AFFINITY[task] * (isWeekend(day) ? 1.25 : 1);
  if (!random.chance(Math.min(0.95, share))) return human;
  const weights = toolWeights(repository.team, day);
  if (AGENT_TOOLS.every((tool) => weights[tool] === 0)) return human;
  const tool = random.weighted(weights);
  const authorship: Exclude<Authorship, "human"> = random.chance(ALONE_CHANCE[tool]) ? "agent" : "assisted";
  const marks = agentMarks(tool, authorship, person, title, at, random);
  return { authorship, tool, marks, person, author: marks.author };
}

/** Opening and ready times before a given end; agents open early as drafts and wait less. */
function drawSchedule(
  task: OrdinaryTask,
  credit: Credit,
  outcome: "merged" | "closed",
  endedAt: number,
  earliest: number,
  random: Random,
): Schedule {
  const slower = outcome === "closed" ? 3.5 : 1;
  const speed = credit.authorship === "agent" ? 0.6 : credit.authorship === "assisted" ? 0.85 : 1;
  const hours = Math.min(600, Math.max(0.15, random.lognormal(TASK_SHAPE[task].openHours * speed * slower, 1.1)));
  const openedAt = Math.max(earliest, Math.round((endedAt - hours * HOUR_MS) / 1000) * 1000);
  const draft = random.chance(credit.authorship === "agent" ? 0.6 : 0.28);
  const readyAt = draft ? openedAt + Math.round(((endedAt - openedAt) * random.between(0.1, 0.6)) / 1000) * 1000 : null;
  return { openedAt, readyAt, outcome, endedAt };
}

const BODY_LINES = [
  "Found while looking at support tickets.",
  "No behaviour change outside this module.",
  "Behind a flag until the end of the week.",
  "Tested locally and on staging.",
  "Part of the quarterly clean-up.",
  "Small step; the rest follows.",
] as const;

function bodyOf(title: string, credit: Credit, random: Random): string {
  const what = title.replace(/^[a-z]+(\([^)]*\))?!?: /, "");
  const lines = [`## What\n\n${what.slice(0, 1).toUpperCase()}${what.slice(1)}.`, random.pick(BODY_LINES)];
  if (credit.marks !== null && credit.marks.footer !== "") lines.push(credit.marks.footer);
  return lines.join("\n\n");
}

function branchOf(title: string, credit: Credit, task: OrdinaryTask, random: Random): string {
  if (credit.marks !== null) return credit.marks.headRef;
  const folder = random.chance(0.5) ? credit.person.login : task.startsWith("fix") ? "fix" : "feat";
  return `${folder}/${slugOf(title)}`;
}

const PLACES = [
  "the worker",
  "the admin pages",
  "the public API",
  "the nightly job",
  "the importer",
  "the client",
  "the batch path",
  "the error pages",
  "the console",
  "the preview environment",
];

/** What a title says without its conventional type and scope. */
const wordsOf = (title: string): string => title.replace(/^[a-z]+(\([^)]*\))?!?: /, "").toLowerCase();

/** A title whose words the repository has not had before: only a re-land says the same again. */
function freshTitle(task: OrdinaryTask, repository: SampleRepository, used: Set<string>, random: Random): string {
  const domain = DOMAINS[repository.domain];
  let title = titleOf(task, domain, random);
  for (let attempt = 0; used.has(wordsOf(title)) && attempt < 12; attempt += 1) title = titleOf(task, domain, random);
  const base = title;
  for (const place of PLACES) {
    if (!used.has(wordsOf(title))) break;
    title = `${base} in ${place}`;
  }
  used.add(wordsOf(title));
  return title;
}

function planChange(
  repository: SampleRepository,
  tree: FileTree,
  used: Set<string>,
  day: number,
  outcome: "merged" | "closed",
  random: Random,
): OrdinaryChange {
  const endedAt = Math.min(instantOf(day, workingSecond(random)), SAMPLE_END - 1000);
  const task = random.weighted(taskWeights(repository.domain, repository.team, day));
  const title = freshTitle(task, repository, used, random);
  const credit = drawCredit(repository, task, title, day, endedAt, random);
  const direct = outcome === "merged" && credit.authorship === "human" && random.chance(0.016);
  const earliest = instantOf(repository.firstDay + 1, 0);
  const labels = [...(credit.marks?.labels ?? [])];
  if (task === "distributed") labels.push("distributed-systems");
  if (random.chance(0.06)) labels.push(random.pick(["needs-docs", "good-first-review", "customer-request"]));
  return {
    kind: "ordinary",
    ...drawSchedule(task, credit, outcome, endedAt, earliest, random),
    credit,
    direct,
    task,
    title,
    body: bodyOf(title, credit, random),
    headRef: branchOf(title, credit, task, random),
    labels,
    edits: editsFor(task, repository, tree, credit.authorship === "human" ? 1 : 1.2, random),
    suggestion: credit.authorship === "human" && !direct && random.chance(0.02),
  };
}

const CLOSED_PER_MERGE = { human: 0.09, assisted: 0.1, agent: 0.22 } as const;

/** Ordinary work of a repository over the whole period: merged, closed unmerged, and still open at the end. */
export function planWork(repository: SampleRepository, tree: FileTree, random: Random): OrdinaryChange[] {
  const changes: OrdinaryChange[] = [];
  const used = new Set<string>();
  const mood = randomStream(random.int(0, 0xffff), `${repository.name}:months`);
  let monthly = 1;
  for (let day = repository.firstDay; day <= LAST_DAY; day += 1) {
    if (day % 30 === 0) monthly = mood.lognormal(0.97, 0.24);
    const merges = random.poisson(intensity(repository, day) * mergesPerIntensity() * monthly);
    for (let count = 0; count < merges; count += 1) {
      const change = planChange(repository, tree, used, day, "merged", random);
      changes.push(change);
      const share = change.credit.authorship === "automation" ? 0 : CLOSED_PER_MERGE[change.credit.authorship];
      if (random.chance(share)) changes.push(planChange(repository, tree, used, day, "closed", random));
    }
  }
  return [...changes, ...leaveOpen(repository, tree, used, changes, random)];
}

/** Some of the latest work is not finished when the period ends. */
function leaveOpen(
  repository: SampleRepository,
  tree: FileTree,
  used: Set<string>,
  changes: readonly OrdinaryChange[],
  random: Random,
): OrdinaryChange[] {
  const recent = changes.filter((change) => change.endedAt !== null && change.endedAt > SAMPLE_END - 21 * 24 * HOUR_MS);
  const open: OrdinaryChange[] = [];
  for (let count = Math.round(recent.length * 0.14); count > 0; count -= 1) {
    const age = Math.max(HOUR_MS, Math.round(random.lognormal(60 * 3600, 1.3)) * 1000);
    const openedAt = Math.max(instantOf(repository.firstDay + 1, 0), SAMPLE_END - age);
    const change = planChange(repository, tree, used, LAST_DAY, "closed", random);
    open.push({ ...change, outcome: "open", endedAt: null, openedAt, readyAt: null });
  }
  return open;
}
