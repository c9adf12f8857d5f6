import type { FleetEvent } from "@/lib/events/schema";

/** How far a pull is: `done` of `total` things of one `step`; `total` null while it is not known. */
export interface Progress {
  step: string;
  done: number;
  total: number | null;
}

/** Something a reader of the result should know, though the pull went on. */
export interface SourceWarning {
  /** Stable machine name, for instance `shallow_clone`. */
  code: string;
  message: string;
  /** How often it was seen. */
  count: number;
  /** The first thing it was seen on, for instance a commit id; null when it is about the whole. */
  first: string | null;
}

export interface PullSummary<Count extends string> {
  counts: Record<Count, number>;
  warnings: SourceWarning[];
}

export interface PullContext<Count extends string> {
  /** The organisation that the events belong to. */
  orgId: number;
  /** The caller's clock: a watermark is never later than this. */
  now: Date;
  onProgress(progress: Progress): void;
  /** Called once, after the last batch was taken. */
  onSummary?(summary: PullSummary<Count>): void;
  /** Stops the pull: what it started ends, and the iteration throws the signal's reason. */
  signal?: AbortSignal;
}

/** Events in one batch at most. */
export const MAX_BATCH_EVENTS = 500;

/**
 * A place that events come from. `pull` yields batches of at most 500 events whose ids and bytes depend on what was
 * read alone, so pulling twice adds nothing; it reads on only as batches are taken and never touches a database.
 * Leaving the iteration early frees whatever it holds. Bad input is an AppError, thrown before the first batch where
 * it can be known by then; one thrown later means that the caller has to roll back.
 */
export interface Source<Options, Count extends string> {
  id: string;
  pull(options: Options, context: PullContext<Count>): AsyncGenerator<FleetEvent[], void, undefined>;
}
