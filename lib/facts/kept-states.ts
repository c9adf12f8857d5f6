import type { PassState } from "./line-pass";
import type { LineState } from "./line-state";
import type { RepositoryRef } from "./projection-context";

/** Where the projection of a repository stands, as an increment left it in memory. */
export interface KeptState {
  /** Of the checkpoint that says the same. */
  version: string;
  line: LineState;
  state: PassState;
  /** What the checkpoint's tail holds. */
  tail: TailSize;
  /** Bytes of the checkpoint's state: what this takes in memory grows with them. */
  bytes: number;
}

export interface TailSize {
  landed: number;
  steps: number;
  events: number;
}

/** In bytes of checkpoints; in memory it is some three times as much. */
const MOST_BYTES = 32 * 1024 * 1024;

const kept = new Map<string, KeptState>();

const keyOf = ({ orgId, repoId }: RepositoryRef): string => `${orgId} ${repoId}`;

/**
 * Takes out what an earlier increment of this process left. Whoever takes it changes it: it is put back when what was
 * made with it is committed, and otherwise lost. It counts only while the checkpoint has its version still.
 */
export function takeState(ref: RepositoryRef): KeptState | null {
  const key = keyOf(ref);
  const state = kept.get(key) ?? null;
  kept.delete(key);
  return state;
}

/** Keeps a state for the next increment; what was not asked for longest makes room. */
export function keepState(ref: RepositoryRef, state: KeptState): void {
  const key = keyOf(ref);
  kept.delete(key);
  kept.set(key, state);
  let bytes = 0;
  for (const one of kept.values()) bytes += one.bytes;
  for (const [oldest, one] of kept) {
    if (bytes <= MOST_BYTES) return;
    kept.delete(oldest);
    bytes -= one.bytes;
  }
}
