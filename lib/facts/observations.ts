import type { Observed } from "./line-state";

const HISTORY_RANK = { full: 2, since: 1, shallow: 0, told: -1 } as const;

/** Orders observations: the latest watermark first, then the one that saw most. */
function compareObservations(a: Observed, b: Observed): number {
  return (
    Date.parse(b.completeTo) - Date.parse(a.completeTo) ||
    HISTORY_RANK[b.history] - HISTORY_RANK[a.history] ||
    Number(b.lineCounts === "known") - Number(a.lineCounts === "known") ||
    Number(b.pullRequestRefs) - Number(a.pullRequestRefs) ||
    compareText(a.headSha, b.headSha) ||
    compareText(a.branch, b.branch) ||
    compareText(a.url ?? "", b.url ?? "")
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The observation that speaks among these: the latest watermark, then the one that saw most. */
export function latestObservation(observations: Observed[]): Observed | null {
  return [...observations].sort(compareObservations)[0] ?? null;
}

/** The observation that speaks for a repository: of the head that was imported last, where one is known. */
export function speakingObservation(
  observations: Observed[],
  importedHead: string | null,
): { observed: Observed | null; importedSpeaks: boolean } {
  const imported = observations.filter(({ headSha }) => headSha === importedHead);
  const importedSpeaks = imported.length > 0;
  return { observed: latestObservation(importedSpeaks ? imported : observations), importedSpeaks };
}

/**
 * `owner/name` of the web address: a text that cites another repository's numbers is not about this one. The name it
 * was imported under may be anything, so without an address nothing is ruled out.
 */
export function fullNameOf(url: string | null): string | null {
  return url === null ? null : (/([^/:]+\/[^/]+?)(?:\.git)?\/?$/.exec(url)?.[1] ?? null);
}
