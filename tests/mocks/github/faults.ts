import { Random } from "@/prisma/seed/random";

/** What can go wrong with one answer, as GitHub or the way to it does it. */
export const FAULTS = [
  /** A gateway gives up. */
  "bad_gateway",
  /** Status 200, and an error instead of data. */
  "query_failed",
  /** The answer breaks off in the middle. */
  "truncated",
  /** A proxy answers with a page for people. */
  "html",
  /** Status 200 with data of which one node is null, and an error about it. */
  "null_node",
  /** The place in the list is forgotten. */
  "stale_cursor",
  /** Too much at once: wait. */
  "secondary_limit",
  /** The connection breaks. */
  "reset",
  /** The token is no longer good; the next one is. */
  "unauthorized_once",
] as const;
/** What is no failure by itself, and must change nothing. */
export const ODDITIES = [
  /** The first page once more. */
  "repeated_page",
  /** A long time passes. */
  "slow",
] as const;
/** What nobody can tell from the answer: a page of a list is left out, as by a proxy that mixes answers up. */
export const LOSSES = ["missing_page"] as const;
export type Fault = (typeof FAULTS)[number] | (typeof ODDITIES)[number] | (typeof LOSSES)[number];

/** Draws faults by a seed. `rate` of all requests fail; every kind is as likely as another. */
export class FaultPlan {
  private readonly random: Random;
  readonly injected: Fault[] = [];
  private last: Fault | null = null;

  constructor(
    seed: number,
    private readonly rate: number,
    private readonly kinds: readonly Fault[] = FAULTS,
  ) {
    this.random = new Random(seed);
  }

  next(): Fault | null {
    const drawn = this.draw();
    // A token that is refused again and again is no longer good, which is something else.
    const fault = drawn === "unauthorized_once" && this.last === drawn && this.rate < 1 ? null : drawn;
    this.last = fault;
    if (fault !== null) this.injected.push(fault);
    return fault;
  }

  private draw(): Fault | null {
    if (this.kinds.length === 0 || this.random.next() >= this.rate) return null;
    return this.kinds[this.random.int(0, this.kinds.length - 1)] ?? null;
  }
}
