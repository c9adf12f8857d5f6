import { type Browser, chromium } from "@playwright/test";
import type { CellValue, Report } from "@/bench/report/report";
import { sampleOf } from "@/bench/report/sample";
import { BENCH_OWNER } from "@/bench/scale-out/bench-account";
import { type FilterTarget, timeFilterChange } from "./filter-change";
import { openPage, type PageLoad } from "./page-load";
import { type StorageState, signIn } from "./sign-in";

const PAGES: readonly { name: string; path: string; filter: FilterTarget | null }[] = [
  { name: "Overview", path: "/overview", filter: { chip: "Team", watched: "svg.recharts-surface" } },
  { name: "Rollbacks", path: "/rollbacks", filter: { chip: "Team", watched: "svg.recharts-surface" } },
  { name: "Pull requests", path: "/pull-requests", filter: { chip: "Team", watched: "main tbody" } },
  { name: "Data health", path: "/data-health", filter: { chip: "Repository", watched: "main tbody" } },
  { name: "Get started", path: "/welcome", filter: null },
];
const VIEWPORT = { width: 1440, height: 900 };

/** Changes of a filter in one visit: a reader tries several teams, and only the first meets code that never ran. */
const CHANGES = 4;

interface Measured {
  loads: PageLoad[];
  /** The first change of a filter of each visit. */
  firstFilterMs: number[];
  /** Those after it. */
  filterMs: number[];
}

/** One visit with an empty cache, then changes of a filter, each to values that were not asked before. */
async function visit(
  browser: Browser,
  url: string,
  { filter, round, storageState }: { filter: FilterTarget | null; round: number; storageState: StorageState },
): Promise<Measured> {
  const context = await browser.newContext({ viewport: VIEWPORT, locale: "en-US", timezoneId: "UTC", storageState });
  try {
    const { load, page } = await openPage(context, url);
    const times: number[] = [];
    for (let change = 0; filter !== null && change < CHANGES; change += 1) {
      times.push(await timeFilterChange(page, filter, round * CHANGES + change));
    }
    return { loads: [load], firstFilterMs: times.slice(0, 1), filterMs: times.slice(1) };
  } finally {
    await context.close();
  }
}

const kilobytes = (bytes: number) => Math.round(bytes / 100) / 10;

const medianMs = (times: readonly number[]) => (times.length === 0 ? null : Math.round(sampleOf(times).median));

function rowOf(name: string, { filterMs, firstFilterMs, loads }: Measured): CellValue[] {
  const median = (read: (load: PageLoad) => number) => sampleOf(loads.map(read)).median;
  return [
    name,
    kilobytes(median((load) => load.firstScriptBytes)),
    kilobytes(median((load) => load.scriptBytes)),
    median((load) => load.scripts),
    kilobytes(median((load) => load.htmlBytes)),
    median((load) => load.apiCalls),
    Math.round(median((load) => load.firstPaintMs)),
    Math.round(median((load) => load.largestPaintMs)),
    Math.max(...loads.map((load) => load.layoutShift)),
    medianMs(firstFilterMs),
    medianMs(filterMs),
    filterMs.length === 0 ? null : Math.round(sampleOf(filterMs).p95),
  ];
}

/**
 * Measures every page of a running production server in Chromium at 1440 px: what is loaded, when it is painted, whether
 * it moves, and how long a filter takes. Pages take turns, so that a busy moment of the machine hits all of them.
 * @param rounds visits to each page, each with an empty cache; the first one warms the server and is left out
 */
export async function runBrowser({
  baseUrl,
  rounds,
  executablePath,
}: {
  baseUrl: string;
  rounds: number;
  executablePath: string;
}): Promise<Report> {
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
  const measured = new Map(
    PAGES.map(({ name }): [string, Measured] => [name, { loads: [], firstFilterMs: [], filterMs: [] }]),
  );
  try {
    const storageState = await signIn(browser, baseUrl, BENCH_OWNER);
    for (let round = 0; round <= rounds; round += 1) {
      for (const { filter, name, path } of PAGES) {
        const { filterMs, firstFilterMs, loads } = await visit(browser, `${baseUrl}${path}`, {
          filter,
          round,
          storageState,
        });
        if (round === 0) continue;
        measured.get(name)?.loads.push(...loads);
        measured.get(name)?.firstFilterMs.push(...firstFilterMs);
        measured.get(name)?.filterMs.push(...filterMs);
      }
    }
  } finally {
    await browser.close();
  }
  return {
    command: "browser",
    tables: [
      {
        title: "Pages at 1440 px, empty cache",
        columns: [
          "page",
          "JS first kB",
          "JS all kB",
          "files",
          "HTML kB",
          "API calls",
          "first paint ms",
          "LCP ms",
          "CLS worst",
          "first filter ms",
          "filter ms",
          "filter p95",
        ],
        rows: [...measured].map(([name, measurement]) => rowOf(name, measurement)),
        notes: [
          `Medians of ${rounds} visits. kB are 1,000 bytes as sent (gzip). First is what the document names; API calls are`,
          "those the page makes on its own. Filter is from the choice of a value to the painted answer:",
          `the first of a visit, and the ${CHANGES - 1} after it.`,
        ],
      },
    ],
  };
}
