import { groupBy } from "@/bench/report/group";
import type { CellValue, Report, ReportTable } from "@/bench/report/report";
import { type Sample, sampleOf } from "@/bench/report/sample";
import type { QueryCase } from "./cases";
import type { Answers, Question } from "./measure";
import type { ColdStart } from "./memory";

/** The most that a median may take of one index-only count: the whole company, and under any filter. */
const TARGET = { whole: 0.1, any: 0.5 } as const;
const WORST = 20;
const MEGABYTE = 1_048_576;

export interface QueryMeasurements {
  pullRequests: number;
  cold: ColdStart;
  counts: { parallel: Sample; single: Sample };
  questions: readonly (QueryCase & Question)[];
  overview: { question: Question; queries: number; metrics: number };
  others: readonly Question[];
  peers: readonly (Question & { peer: string })[];
  answers: Answers;
}

interface Measured {
  one: QueryCase & Question;
  sample: Sample;
  ratio: number;
}

const targetOf = ({ filters, groupBy }: QueryCase): number =>
  filters.length === 0 && groupBy.length === 0 ? TARGET.whole : TARGET.any;

function summarize(name: string, measured: readonly Measured[]): CellValue[] {
  const medians = sampleOf(measured.map(({ sample }) => sample.median));
  const worst = Math.max(...measured.map(({ ratio }) => ratio));
  const within = measured.filter(({ one, ratio }) => ratio <= targetOf(one)).length;
  const p95 = sampleOf(measured.map(({ sample }) => sample.p95)).median;
  const ratio = sampleOf(measured.map((each) => each.ratio)).median;
  return [name, measured.length, medians.median, p95, ratio, worst, within];
}

const SUMMARY = ["cases", "median ms", "p95 ms", "ratio", "worst ratio", "within target"] as const;

function grouped(measured: readonly Measured[], keyOf: (one: QueryCase) => string): CellValue[][] {
  const groups = groupBy(measured, ({ one }) => keyOf(one));
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, members]) => summarize(key, members));
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

function worstTable(measured: readonly Measured[]): ReportTable {
  const worst = measured.toSorted((a, b) => b.sample.median - a.sample.median).slice(0, WORST);
  return {
    title: "The slowest questions",
    columns: ["question", "median ms", "p95 ms", "ratio"],
    rows: worst.map(({ one, sample, ratio }) => [one.name, sample.median, sample.p95, ratio]),
  };
}

/** Everything that is no metric, the Overview's set first. */
function wholeTable({ answers, others, overview }: QueryMeasurements, unit: number): ReportTable {
  const rows = [overview.question, ...others].flatMap((question): CellValue[][] => {
    const times = answers.times.get(question);
    if (times === undefined) return [];
    const { median, p95 } = sampleOf(times);
    return [[question.name, median, p95, median / unit]];
  });
  return {
    title: "The Overview's whole set, and other reports",
    columns: ["what", "median ms", "p95 ms", "ratio"],
    rows,
    notes: [`The Overview's set: ${overview.queries} queries over ${overview.metrics} metrics, answered at once.`],
  };
}

function peerTable({ answers, peers, questions, overview }: QueryMeasurements, unit: number): ReportTable[] {
  if (peers.length === 0) return [];
  const own = new Map<string, Question>([...questions, overview.question].map((each) => [each.name, each]));
  const times = (question: Question | undefined) => (question === undefined ? undefined : answers.times.get(question));
  const rows = peers.flatMap((peer): CellValue[][] => {
    const theirs = times(peer);
    if (theirs === undefined) return [];
    const mine = times(own.get(peer.name));
    const sample = sampleOf(theirs);
    return [
      [peer.name, peer.peer, sample.median, sample.p95, sample.median / unit, mine ? sampleOf(mine).median : null],
    ];
  });
  return [
    { title: "Peers", columns: ["question", "peer", "median ms", "p95 ms", "ratio", "Fleetgauge median ms"], rows },
  ];
}

/** Tables of a run. Ratios are to the median of the index-only count with PostgreSQL's own settings. */
export function queriesReport(measurements: QueryMeasurements): Report {
  const { answers, cold, counts, pullRequests, questions } = measurements;
  const unit = counts.parallel.median;
  const measured = questions.flatMap((one): Measured[] => {
    const times = answers.times.get(one);
    if (times === undefined) return [];
    const sample = sampleOf(times);
    return [{ one, sample, ratio: sample.median / unit }];
  });
  const refused = questions.filter((one) => answers.refused.has(one)).length;
  return {
    command: "queries",
    tables: [
      {
        title: `One index-only count of ${pullRequests.toLocaleString("en-GB")} pull requests`,
        columns: ["setting", "runs", "median ms", "p95 ms"],
        rows: [
          ["PostgreSQL's parallel workers (the unit of all ratios)", ...Object.values(counts.parallel)],
          ["one process", ...Object.values(counts.single)],
        ],
      },
      {
        title: "Questions by filters and groups",
        columns: ["filters, groups", ...SUMMARY],
        rows: [
          ...grouped(
            measured,
            ({ filters, groupBy }) => `${plural(filters.length, "filter")}, ${plural(groupBy.length, "group")}`,
          ),
          ...(measured.length === 0 ? [] : [summarize("all", measured)]),
        ],
        notes: [
          `Target: a median of ${TARGET.whole} of the count without filter and group, of ${TARGET.any} otherwise.`,
          ...(refused === 0 ? [] : [`${plural(refused, "question")} would answer more rows than the product gives.`]),
        ],
      },
      { title: "Questions by metric", columns: ["metric", ...SUMMARY], rows: grouped(measured, (one) => one.metric) },
      worstTable(measured),
      wholeTable(measurements, unit),
      {
        title: "A process",
        columns: ["cold load s", "arrays MB", "bytes per pull request", "resident MB"],
        rows: [
          [
            cold.seconds,
            cold.arrayBytes / MEGABYTE,
            cold.arrayBytes / Math.max(1, pullRequests),
            process.memoryUsage.rss() / MEGABYTE,
          ],
        ],
        notes: ["Resident: this whole process after the run, with the benchmark itself."],
      },
      ...peerTable(measurements, unit),
    ],
  };
}
