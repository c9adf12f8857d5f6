import type { LineEvent } from "@/lib/events/line-kinds";
import { CodeownersTimeline, type CodeownersVersion } from "./codeowners-timeline";
import { type CommitLink, type LandedCommit, linksBySha, richnessOf } from "./commit-links";
import type { LineState, Observed } from "./line-state";
import { fullNameOf, latestObservation } from "./observations";
import { type MergedRef, mergedRef, type Placement, place } from "./placement";
import type { Stretch } from "./stretch";

type EventOf<Kind extends LineEvent["kind"]> = Extract<LineEvent, { kind: Kind }>;

/** What is on the line so far. */
interface Projected {
  hasLanded(sha: string): boolean;
  hasPullRequest(number: number): boolean;
}

export interface Extension {
  /** The line with its new end. */
  state: LineState;
  /** What came at its end; may be empty. */
  stretch: Stretch;
}

/**
 * Follows new events from a projected line to a longer one. null where they could say anything new of what is
 * projected already (a force push, a part of an older history, a pull request or commit that comes late, other
 * settings of the source): then only a pass over the whole repository tells. When in doubt, null.
 * @param input.codeowners the file in force at the line's end
 * @param input.loadPullRequests reads what is known of pull requests when the stretch is passed over
 */
export function extendLine(
  state: LineState,
  events: LineEvent[],
  input: {
    importedHead: string | null;
    projected: Projected;
    codeowners: CodeownersVersion | null;
    loadPullRequests: Stretch["loadPullRequests"];
  },
): Extension | null {
  const { importedHead, projected, loadPullRequests } = input;
  const of = <Kind extends LineEvent["kind"]>(kind: Kind) =>
    events.filter((event): event is EventOf<Kind> => event.kind === kind);
  const observations = of("repository.observed").map(({ payload }) => payload);
  const speaking = nextSpeaker(state, observations, importedHead, projected);
  if (speaking === null || !isCompatible(state.observed, speaking.observed)) return null;

  const links = linksBySha(of("commit.landed").map(linkOf));
  const shas = newCommits(state, links, speaking.observed.headSha);
  if (shas === null) return null;
  const positionOf = new Map(shas.map((sha, position) => [sha, position]));
  if (shas.some((sha) => state.loose.has(sha) || state.awaited.has(sha) || state.strayCodeowners.has(sha))) return null;
  if (state.completeFrom !== null && !reachesOnly(state, observations, positionOf)) return null;

  const placed = placeNew(state, of("pull_request.merged"), { shas, positionOf }, projected);
  if (placed === null) return null;
  if (of("pull_request.issue_linked").some(({ payload }) => projected.hasPullRequest(payload.number))) return null;
  if (of("pull_request.commit").some(({ payload }) => projected.hasPullRequest(payload.number))) return null;

  const versions = of("codeowners.changed").map(
    ({ id, at, payload }): CodeownersVersion => ({ id, at, sha: payload.sha, rules: payload.rules }),
  );
  if (versions.some(({ sha }) => !positionOf.has(sha))) return null;
  const codeowners = new CodeownersTimeline(
    input.codeowners === null ? versions : [input.codeowners, ...versions],
    positionOf,
  );
  const strays = observations.flatMap(({ headSha }) => (positionOf.has(headSha) ? [] : [headSha]));
  return {
    state: {
      ...state,
      ...speaking,
      headSha: speaking.observed.headSha,
      importedHead,
      strayHeads: new Set([...state.strayHeads, ...strays]),
      codeownersId: codeowners.lastId,
      unplaced: placed.unplaced,
      awaited: new Set([...state.awaited, ...placed.awaited]),
    },
    stretch: { shas, positionOf, placed, codeowners, loadCommits: async () => payloadsOf(links), loadPullRequests },
  };
}

/** The observation that speaks with the new ones; null where an old one that nobody remembers might. */
function nextSpeaker(
  state: LineState,
  observations: Observed[],
  importedHead: string | null,
  projected: Projected,
): Pick<LineState, "observed" | "importedSpeaks"> | null {
  const imported = observations.filter(({ headSha }) => headSha === importedHead);
  if (importedHead === state.importedHead) {
    const anew = imported.length > 0 && !state.importedSpeaks;
    const among = anew ? imported : [state.observed, ...(state.importedSpeaks ? imported : observations)];
    const observed = latestObservation(among);
    return observed && { observed, importedSpeaks: state.importedSpeaks || anew };
  }
  const observed = latestObservation(imported);
  if (observed === null || state.strayHeads.has(observed.headSha) || projected.hasLanded(observed.headSha)) return null;
  return { observed, importedSpeaks: true };
}

function isCompatible(before: Observed, now: Observed): boolean {
  return (
    now.branch === before.branch &&
    fullNameOf(now.url) === fullNameOf(before.url) &&
    Date.parse(now.completeTo) >= Date.parse(before.completeTo)
  );
}

interface LandedLink extends CommitLink {
  payload: LandedCommit;
}

function linkOf({ id, payload }: EventOf<"commit.landed">): LandedLink {
  return { id, sha: payload.sha, parent: payload.parents[0] ?? null, richness: richnessOf(payload), payload };
}

const payloadsOf = (links: ReadonlyMap<string, LandedLink>) =>
  new Map([...links].map(([sha, { payload }]) => [sha, payload]));

/** The commits from the old head to the new one, oldest first; null unless these are all and each leads to the next. */
function newCommits(state: LineState, links: ReadonlyMap<string, LandedLink>, head: string): string[] | null {
  const shas: string[] = [];
  for (let sha: string | null = head; sha !== state.headSha; ) {
    const link: LandedLink | undefined = sha === null ? undefined : links.get(sha);
    if (link === undefined || shas.length === links.size) return null;
    shas.push(link.sha);
    sha = link.parent;
  }
  return shas.length === links.size ? shas.reverse() : null;
}

/** A line with a gap takes in what other heads of its branch lead to: then each has to be on its end. */
function reachesOnly(state: LineState, observations: Observed[], positionOf: ReadonlyMap<string, number>): boolean {
  return state.settled && observations.every(({ headSha }) => headSha === state.headSha || positionOf.has(headSha));
}

/** Places what the new end of the line brings; null where it touches what is placed already. */
function placeNew(
  state: LineState,
  events: EventOf<"pull_request.merged">[],
  { shas: line, positionOf }: { shas: readonly string[]; positionOf: ReadonlyMap<string, number> },
  projected: Projected,
): Placement | null {
  const added = events.map(({ id, payload }) => mergedRef(id, payload));
  if (added.some(({ number, shas }) => projected.hasPullRequest(number) || shas.some(projected.hasLanded))) return null;
  const lands = ({ number, shas }: MergedRef) =>
    projected.hasPullRequest(number) && shas.some((sha) => positionOf.has(sha));
  if (state.unplaced.some(lands)) return null;
  const known = new Map([...state.unplaced, ...added].map((reference) => [reference.id, reference]));
  const placed = place([...known.values()], line, positionOf);
  // A rebase that began before this end of the line takes commits that are projected already.
  const [first] = line;
  const reachesBack = ({ landed, number }: MergedRef) => {
    const own = placed.shasOf.get(number);
    return own !== undefined && own.length < landed && own[0] === first;
  };
  return [...known.values()].some(reachesBack) ? null : placed;
}
