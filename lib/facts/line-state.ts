import type { PayloadOf } from "@/lib/events/schema";
import type { MergedRef } from "./placement";

export type Observed = PayloadOf<"repository.observed">;

/**
 * What has to be known of a projected line to tell whether new events only make it longer. Everything that the log
 * holds and that is not on the line is named here, because a longer line could reach it.
 */
export interface LineState {
  /** The last commit on the line: the head of the observation that speaks. */
  headSha: string;
  /** The observation that speaks for the repository. */
  observed: Observed;
  /** null: the line is there from its first commit on. */
  completeFrom: Date | null;
  /** Head of the import that spoke last, and whether an observation of it is known. */
  importedHead: string | null;
  importedSpeaks: boolean;
  /** No observation of the branch is later than the one that speaks; counts only where the line has a gap. */
  settled: boolean;
  /** Heads of other observations, as far as they are not on the line. */
  strayHeads: Set<string>;
  /** Landed commits that are not on the line. */
  loose: Set<string>;
  /** Event of the CODEOWNERS file in force at the head. */
  codeownersId: string | null;
  /** Commits of CODEOWNERS files that are not on the line. */
  strayCodeowners: Set<string>;
  /** Merged pull requests with nothing on the line. */
  unplaced: MergedRef[];
  /** Commits that are not on the line, of pull requests that are. */
  awaited: Set<string>;
}
