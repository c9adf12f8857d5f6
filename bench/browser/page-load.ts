import type { BrowserContext, Page } from "@playwright/test";

/** What one visit to a page moved and painted. Bytes are those of bodies as sent, compressed. */
export interface PageLoad {
  htmlBytes: number;
  /** JavaScript that the document names: what the browser fetches to show the page and make it answer. */
  firstScriptBytes: number;
  /** All JavaScript once nothing more is loading, drawings and links ahead included. */
  scriptBytes: number;
  scripts: number;
  /** Calls of the API that the browser made by itself. */
  apiCalls: number;
  firstPaintMs: number;
  largestPaintMs: number;
  /** Cumulative layout shift, of moves that no input explains. */
  layoutShift: number;
  /** What moved, by how much and when. */
  moved: string[];
}

/** Collects what only an observer that was there from the start can tell; runs in the page. */
function watchPaints(): void {
  const seen = { largestPaintMs: 0, layoutShift: 0, moved: [] as string[] };
  Object.assign(window, { pagePaints: seen });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.largestPaintMs = entry.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const shift = entry as PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
      };
      if (shift.hadRecentInput) continue;
      // A space at the end of what has come of a line is nowhere; it gets its place with the next word, and nobody sees it.
      const isUnseen = ({ node }: { node: Node | null }) => node?.nodeType === 3 && node.textContent?.trim() === "";
      if (shift.sources.length > 0 && shift.sources.every(isUnseen)) continue;
      seen.layoutShift += shift.value;
      for (const { currentRect, node, previousRect } of shift.sources) {
        const from = `${previousRect.x},${previousRect.y} ${previousRect.width}x${previousRect.height}`;
        const to = `${currentRect.x},${currentRect.y} ${currentRect.width}x${currentRect.height}`;
        const what = `${node?.nodeName} "${(node?.textContent ?? "").slice(0, 40)}"`;
        seen.moved.push(`${what} from ${from} to ${to} at ${Math.round(shift.startTime)} ms`);
      }
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** Runs in the page. */
function readPage() {
  const { pagePaints } = window as unknown as {
    pagePaints: Pick<PageLoad, "largestPaintMs" | "layoutShift" | "moved">;
  };
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const resources = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  return {
    ...pagePaints,
    htmlBytes: navigation?.encodedBodySize ?? 0,
    firstPaintMs: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
    resources: resources.map(({ encodedBodySize, name }) => ({ encodedBodySize, path: new URL(name).pathname })),
  };
}

/** The scripts that a document names. */
function scriptsNamedIn(html: string): Set<string> {
  const sources = [
    ...html.matchAll(/<script[^>]*\ssrc="([^"?]+)/g),
    ...html.matchAll(/<link[^>]*\shref="([^"?]+\.js)/g),
  ];
  return new Set(sources.map(([, source = ""]) => source));
}

interface Circumstances {
  viewport?: { width: number; height: number };
  /** How fast answers come, where the machine's own speed would hide something. */
  bytesPerSecond?: number;
}

async function slowDown(page: Page, bytesPerSecond: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const speed = { downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond };
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 20, ...speed });
}

/** Opens an address in a new page, with the cache of its context, and waits until nothing more is loading. */
export async function openPage(
  context: BrowserContext,
  url: string,
  { bytesPerSecond, viewport }: Circumstances = {},
): Promise<{ page: Page; html: string; load: PageLoad }> {
  const page = await context.newPage();
  if (viewport !== undefined) await page.setViewportSize(viewport);
  if (bytesPerSecond !== undefined) await slowDown(page, bytesPerSecond);
  await page.addInitScript(watchPaints);
  const response = await page.goto(url);
  const html = (await response?.text()) ?? "";
  await page.waitForLoadState("networkidle");
  // The last paint is reported a frame after it was made.
  await page.waitForTimeout(300);
  const { resources, ...paints } = await page.evaluate(readPage);
  const first = scriptsNamedIn(html);
  const scripts = resources.filter(({ path }) => path.endsWith(".js"));
  const bytesOf = (list: typeof scripts) => list.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  return {
    page,
    html,
    load: {
      ...paints,
      firstScriptBytes: bytesOf(scripts.filter(({ path }) => first.has(path))),
      scriptBytes: bytesOf(scripts),
      scripts: scripts.length,
      apiCalls: resources.filter(({ path }) => path.startsWith("/api/")).length,
    },
  };
}
