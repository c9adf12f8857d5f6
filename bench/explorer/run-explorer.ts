import { IndexOnlyCount } from "@/bench/database/index-only-count";
import { interleave, type Question } from "@/bench/queries/measure";
import { benchOrganization, lastYear } from "@/bench/queries/run-queries";
import { groupBy } from "@/bench/report/group";
import type { Report } from "@/bench/report/report";
import { type Sample, sampleOf } from "@/bench/report/sample";
import type { Scope } from "@/lib/auth/scope";
import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { readDimensionValues } from "@/lib/metrics/explorer/dimension-values";
import { listPullRequests } from "@/lib/metrics/explorer/pull-requests";
import { listRollbacks } from "@/lib/metrics/explorer/rollbacks";
import type { Page } from "@/lib/metrics/explorer/types";
import {
  PULL_REQUEST_SORTS,
  pullRequestListSchema,
  ROLLBACK_SORTS,
  rollbackListSchema,
} from "@/lib/metrics/list-schema";
import { randomStream } from "@/prisma/seed/random";

/** Pages turned before the deep one. */
const DEEP_PAGES = 20;
const TARGET_MS = 50;
const WORST = 12;

type Parameters = Readonly<Record<string, string | readonly string[]>>;

interface PageQuestion extends Question {
  part: string;
}

type ReadPage = (parameters: Parameters) => Promise<Page<unknown>>;

/** The cursor of a deep page; null when the list ends before. */
async function deepCursor(read: ReadPage, parameters: Parameters): Promise<string | null> {
  let cursor: string | null = null;
  for (let page = 0; page < DEEP_PAGES; page += 1) {
    const { nextCursor }: Page<unknown> = await read(cursor === null ? parameters : { ...parameters, cursor });
    if (nextCursor === null) return null;
    cursor = nextCursor;
  }
  return cursor;
}

/** The first page of a list, and one far behind it. */
async function pagesOf(
  list: string,
  part: string,
  read: ReadPage,
  sort: string,
  name: string,
  filters: Parameters,
): Promise<PageQuestion[]> {
  const first = { ...filters, sort };
  const cursor = await deepCursor(read, first);
  const question = (page: string, parameters: Parameters): PageQuestion => ({
    name: `${list} ${sort}, ${name}, ${page} page`,
    part: `${list}, ${part}, ${page} page`,
    run: () => read(parameters),
  });
  return cursor === null
    ? [question("first", first)]
    : [question("first", first), question("deep", { ...first, cursor })];
}

/** Filters of the pull-request list by name; searches come last. */
async function filterSets(scope: Scope, seed: number): Promise<{ name: string; part: string; filters: Parameters }[]> {
  const values = await readDimensionValues(scope);
  const random = randomStream(seed, "explorer");
  const one = (list: readonly { value: string }[]): string[] => random.sample(list, 1).map(({ value }) => value);
  const { from, to } = await lastYear();
  const set = (name: string, filters: Parameters, part = "filtered") => ({ name, part, filters });
  return [
    set("all", {}, "all"),
    set("12 months", { from, to }),
    set("team", { team: one(values.teams) }),
    set("repository", { repo: one(values.repos) }),
    set("agent, category", { agent: one(values.agents), category: ["bug_fix_isolated"] }),
    set("rolled back within 7 days", { rolledBack: "true", window: "7d" }),
    set("left out", { counted: "false" }),
    set("search for a word", { q: "retry" }, "search"),
    set("search for an issue", { q: "MW-4242" }, "search"),
    set("search for nothing that is there", { q: "zzzz-not-there" }, "search"),
    set("search in a team", { q: "cache", team: one(values.teams) }, "search"),
  ];
}

export interface ExplorerOptions {
  seed: number;
  rounds: number;
}

/** One page with its times. */
interface MeasuredPage {
  question: PageQuestion;
  times: readonly number[];
  sample: Sample;
}

export interface ExplorerMeasurements {
  pages: readonly MeasuredPage[];
  /** Median of one index-only count in the same run, milliseconds. */
  count: number;
}

/** Reads pages of the lists: every sort under several filters and searches, first and deep. */
export async function measureExplorer({ seed, rounds }: ExplorerOptions): Promise<ExplorerMeasurements> {
  const orgId = await benchOrganization();
  const scope = SYSTEM_SCOPE;
  const pullRequests: ReadPage = (parameters) => listPullRequests(scope, pullRequestListSchema.parse(parameters));
  const rollbacks: ReadPage = (parameters) => listRollbacks(scope, rollbackListSchema.parse(parameters));
  const questions: PageQuestion[] = [];
  for (const { filters, name, part } of await filterSets(scope, seed)) {
    for (const sort of PULL_REQUEST_SORTS) {
      questions.push(...(await pagesOf("pull requests", part, pullRequests, sort, name, filters)));
    }
  }
  for (const sort of ROLLBACK_SORTS) questions.push(...(await pagesOf("rollbacks", "all", rollbacks, sort, "all", {})));
  const yardstick = await IndexOnlyCount.open(orgId);
  try {
    const answers = await interleave(questions, rounds, yardstick, randomStream(seed, "explorer order"));
    const pages = questions.map((question): MeasuredPage => {
      const times = answers.times.get(question) ?? [];
      return { question, times, sample: sampleOf(times) };
    });
    return { pages, count: yardstick.samples().parallel.median };
  } finally {
    yardstick.close();
  }
}

/** The report of `measureExplorer`. */
export async function runExplorer(options: ExplorerOptions): Promise<Report> {
  const { count, pages } = await measureExplorer(options);
  const parts = groupBy(pages, ({ question }) => question.part);
  const slowest = pages.toSorted((a, b) => b.sample.median - a.sample.median).slice(0, WORST);
  return {
    command: "explorer",
    tables: [
      {
        title: `Pages of the lists (target: below ${TARGET_MS} ms)`,
        columns: ["pages", "questions", "median ms", "p95 ms", "ratio", "within target"],
        rows: [...parts].map(([part, members]) => {
          const all = sampleOf(members.flatMap(({ times }) => times));
          const within = members.filter(({ sample }) => sample.median < TARGET_MS).length;
          return [part, members.length, all.median, all.p95, all.median / count, within];
        }),
        notes: [`One index-only count took ${count.toFixed(1)} ms (median of the same run).`],
      },
      {
        title: "The slowest pages",
        columns: ["page", "median ms", "p95 ms", "ratio"],
        rows: slowest.map(({ question, sample }) => [question.name, sample.median, sample.p95, sample.median / count]),
      },
    ],
  };
}
