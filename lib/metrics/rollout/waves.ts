import { addDays, startOfWeek } from "@/lib/core/zoned-time";
import type { Wave } from "./types";

/** Weeks of a baseline and of what follows it (metrics.md 2.10). */
const MOST_WEEKS = 13;
const FEWEST_BEFORE = 8;
const FEWEST_AFTER = 6;
const FEWEST_TEAMS = 3;
/** Teams that began within so many days of the first belong to one wave. */
const WAVE_DAYS = 28;

/** A team and since when it adopts agents; null: it does not yet, by what was entered. */
export interface Adopter {
  team: string;
  adoptedOn: string | null;
}

export interface DataSpan {
  /** First and last whole day of the data. */
  firstDay: string;
  lastDay: string;
}

const weeksBetween = (from: string, to: string): number =>
  Math.floor((Date.parse(to) - Date.parse(from)) / (7 * 86_400_000));
const latest = (...days: string[]): string => days.toSorted().at(-1) ?? "";
const earliest = (...days: string[]): string => days.toSorted()[0] ?? "";
/** The Monday on or after a day. */
const nextMonday = (day: string): string => startOfWeek(addDays(day, 6));

function inWaves(adopters: readonly Adopter[]): (Adopter & { adoptedOn: string })[][] {
  const dated = adopters
    .flatMap(({ adoptedOn, team }) => (adoptedOn === null ? [] : [{ team, adoptedOn }]))
    .sort((a, b) => (a.adoptedOn < b.adoptedOn ? -1 : a.adoptedOn > b.adoptedOn ? 1 : a.team < b.team ? -1 : 1));
  const waves: (typeof dated)[] = [];
  for (const one of dated) {
    const wave = waves.at(-1);
    if (wave?.[0] !== undefined && one.adoptedOn <= addDays(wave[0].adoptedOn, WAVE_DAYS)) wave.push(one);
    else waves.push([one]);
  }
  return waves;
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/**
 * The waves in which teams began, each with the teams that had not begun by the end of what follows it, and the whole weeks
 * to compare: up to thirteen before the first began and after the last did.
 */
export function findWaves(adopters: readonly Adopter[], { firstDay, lastDay }: DataSpan): Wave[] {
  return inWaves(adopters).map((members): Wave => {
    const [from, to] = [members[0]?.adoptedOn ?? "", members.at(-1)?.adoptedOn ?? ""];
    const [beforeTo, afterFrom] = [startOfWeek(from), nextMonday(to)];
    const longest = addDays(beforeTo, -7 * MOST_WEEKS);
    const beforeFrom = earliest(beforeTo, latest(longest, nextMonday(firstDay)));
    const enough = addDays(afterFrom, 7 * FEWEST_AFTER);
    const control = adopters.filter(({ adoptedOn }) => adoptedOn === null || adoptedOn >= enough);
    const ends = control.flatMap(({ adoptedOn }) => (adoptedOn === null ? [] : startOfWeek(adoptedOn)));
    const afterTo = earliest(addDays(afterFrom, 7 * MOST_WEEKS), startOfWeek(addDays(lastDay, 1)), ...ends);
    const weeks = { before: weeksBetween(beforeFrom, beforeTo), after: weeksBetween(afterFrom, afterTo) };
    const reason =
      members.length < FEWEST_TEAMS
        ? `only ${counted(members.length, "team", "teams")} began then, and a comparison takes ${FEWEST_TEAMS}`
        : control.length < FEWEST_TEAMS
          ? `only ${counted(control.length, "team", "teams")} had not begun within ${FEWEST_AFTER} weeks, and a comparison takes ${FEWEST_TEAMS}`
          : weeks.before < FEWEST_BEFORE
            ? `the data hold ${counted(Math.max(0, weeks.before), "whole week", "whole weeks")} before it, and a baseline takes ${FEWEST_BEFORE}`
            : weeks.after < FEWEST_AFTER
              ? `the data hold ${counted(Math.max(0, weeks.after), "whole week", "whole weeks")} after it, and a comparison takes ${FEWEST_AFTER}`
              : null;
    return {
      from,
      to,
      treated: members.map(({ team }) => team),
      control: control.map(({ team }) => team).sort(),
      before: reason === null ? { from: beforeFrom, to: beforeTo } : null,
      after: reason === null ? { from: afterFrom, to: afterTo } : null,
      reason,
    };
  });
}
