import { rollbackChance } from "./adoption";
import { dayOf, dayOfInstant, instantOf, SAMPLE_END } from "./calendar";
import type { Change, OrdinaryChange, RelandForm, RevertForm, UndoChange } from "./changes";
import type { SampleRepository } from "./company";
import { crewOf, drawPerson, personActor } from "./people";
import type { Random } from "./random";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Share of reverts that happened by then, hours: measured on 709 reverts of public histories, the tail is drawn to 60 days. */
const TIME_TO_ROLLBACK: readonly (readonly [share: number, hours: number])[] = [
  [0, 0.07],
  [0.21, 1],
  [0.43, 6],
  [0.63, 24],
  [0.78, 72],
  [0.87, 168],
  [0.91, 336],
  [0.97, 720],
  [1, 1440],
];

/** Hours from merge to revert: the measured shares, joined by straight lines on a logarithmic axis. */
export function hoursToRollback(share: number): number {
  for (const [index, [until, hours]] of TIME_TO_ROLLBACK.entries()) {
    const previous = TIME_TO_ROLLBACK[index - 1];
    if (previous === undefined || share > until) continue;
    const [from, start] = previous;
    return start * (hours / start) ** ((share - from) / (until - from));
  }
  return 1440;
}

const FORMS: Readonly<Record<Exclude<RevertForm, "mass">, number>> = {
  button: 42,
  button_sha: 24,
  prefixed: 14,
  numbered: 12,
  undeclared: 4,
  several: 4,
};
const RELANDS: Readonly<Record<RelandForm, number>> = { reapply: 4, revert_revert: 4, reland: 2, again: 2 };

const RELAND_CHANCE = 0.2;
const SECOND_REVERT_CHANCE = 0.1;
const PARTIAL_CHANCE = 0.006;
const AUTOMATION_CHANCE = 0.008;

/** The release train that went back as a whole, after the model change. */
const MASS_REVERT = { repository: "mobile-app", day: dayOf("2026-03-19"), backDays: 3 } as const;

function undo(
  repository: SampleRepository,
  kind: UndoChange["undo"],
  form: UndoChange["form"],
  targets: Change[],
  at: number,
  random: Random,
): UndoChange {
  const person = drawPerson(crewOf(repository, at), random);
  const latest = Math.max(...targets.map((target) => target.endedAt ?? 0));
  const lead = Math.min((at - latest) * 0.5, random.between(3, 45) * MINUTE_MS);
  return {
    kind: "undo",
    undo: kind,
    form,
    targets,
    openedAt: at - Math.round(lead / 1000) * 1000,
    readyAt: null,
    outcome: "merged",
    endedAt: at,
    credit: { authorship: "human", tool: null, marks: null, person, author: personActor(person) },
    direct: form === "button_sha" && random.chance(0.5),
  };
}

function chanceOf(change: OrdinaryChange, repository: SampleRepository): number {
  const { credit, task, endedAt } = change;
  if (endedAt === null) return 0;
  if (task === "automation" || credit.authorship === "automation") return AUTOMATION_CHANCE;
  return rollbackChance(task, credit.authorship, credit.tool, repository.team, dayOfInstant(endedAt));
}

const after = (instant: number, hours: number): number => instant + Math.round(hours * 3600) * 1000;

/** A revert, and perhaps its re-land and the re-land's own revert. */
function chain(repository: SampleRepository, first: UndoChange, random: Random): UndoChange[] {
  const links = [first];
  if (first.endedAt === null || first.form === "undeclared" || !random.chance(RELAND_CHANCE)) return links;
  const landsAgain = after(first.endedAt, Math.max(0.3, random.lognormal(28, 1)));
  const reland = undo(repository, "reland", random.weighted(RELANDS), [first], landsAgain, random);
  links.push(reland);
  if (random.chance(SECOND_REVERT_CHANCE)) {
    links.push(
      undo(repository, "revert", "button", [reland], after(landsAgain, hoursToRollback(random.next())), random),
    );
  }
  return links;
}

function massRevert(
  repository: SampleRepository,
  work: readonly OrdinaryChange[],
  taken: Set<Change>,
  random: Random,
): UndoChange[] {
  if (repository.name !== MASS_REVERT.repository) return [];
  const until = instantOf(MASS_REVERT.day, 10 * 3600);
  const from = instantOf(MASS_REVERT.day - MASS_REVERT.backDays, 0);
  const targets = work.filter(
    ({ endedAt, task, direct }) =>
      !direct && task !== "docs" && task !== "automation" && endedAt !== null && endedAt >= from && endedAt < until,
  );
  for (const target of targets) taken.add(target);
  return targets.length === 0 ? [] : [undo(repository, "revert", "mass", targets, until + 70 * MINUTE_MS, random)];
}

/** The pull request that went in just before another one, to be reverted along with it. */
function companionOf(
  change: OrdinaryChange,
  work: readonly OrdinaryChange[],
  position: number,
  taken: Set<Change>,
): OrdinaryChange[] {
  const earlier = work[position - 1];
  if (earlier?.endedAt == null || change.endedAt === null || taken.has(earlier)) return [];
  const close = change.endedAt - earlier.endedAt < 36 * HOUR_MS;
  return close && earlier.task !== "docs" && earlier.task !== "automation" && !earlier.direct ? [earlier] : [];
}

/** What is taken back in a repository, when and in which words. Undoes past the end of the period are left out. */
export function planReverts(
  repository: SampleRepository,
  changes: readonly OrdinaryChange[],
  random: Random,
): UndoChange[] {
  const work = changes
    .filter((change) => change.outcome === "merged")
    .sort((left, right) => (left.endedAt ?? 0) - (right.endedAt ?? 0));
  const taken = new Set<Change>();
  const undone = massRevert(repository, work, taken, random);
  for (const [position, change] of work.entries()) {
    if (change.endedAt === null || taken.has(change)) continue;
    if (random.chance(chanceOf(change, repository))) {
      let form: UndoChange["form"] = random.weighted(FORMS);
      const companion = form === "several" ? companionOf(change, work, position, taken) : [];
      if (form === "several" && (companion.length === 0 || change.direct)) form = "button";
      if (form === "undeclared" && change.edits.length < 2) form = "prefixed";
      if (change.direct) form = "button_sha";
      const at = after(change.endedAt, hoursToRollback(random.next()));
      for (const target of [...companion, change]) taken.add(target);
      undone.push(...chain(repository, undo(repository, "revert", form, [...companion, change], at, random), random));
    } else if (change.edits.length >= 3 && change.task !== "docs" && !change.direct && random.chance(PARTIAL_CHANCE)) {
      taken.add(change);
      undone.push(
        undo(
          repository,
          "partial",
          "numbered",
          [change],
          after(change.endedAt, hoursToRollback(random.next())),
          random,
        ),
      );
    }
  }
  return undone.filter((change) => change.endedAt !== null && change.endedAt < SAMPLE_END);
}
