import type { z } from "zod";

/** What a message is of, where it does not say: what the address of the webhook names. */
export interface SenderPlace {
  /** `organisation/name`. */
  repository?: string | undefined;
  organization?: string | undefined;
  /** Of deployments. */
  environment?: string | undefined;
}

/** An event as `POST /api/v1/events` takes it, not checked yet. */
export type ToldEvent = Record<string, unknown>;

/** A program that tells of something in a form of its own. */
export interface Sender {
  /** What its message looks like, as far as it is read. */
  schema: z.ZodType;
  /** What a message tells; none where it tells nothing that is needed. @param message as the schema read it */
  map(message: unknown, place: SenderPlace): ToldEvent[];
}

/** A sender whose `map` knows what its schema gives. */
export function sender<Schema extends z.ZodType>(
  schema: Schema,
  map: (message: z.output<Schema>, place: SenderPlace) => ToldEvent[],
): Sender {
  return { schema, map: (message, place) => map(message as z.output<Schema>, place) };
}
