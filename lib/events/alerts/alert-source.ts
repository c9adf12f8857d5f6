import type { z } from "zod";

/** What an alert is of, where its payload does not say: what the address of the webhook names. */
export interface AlertPlace {
  /** `organisation/name`. */
  repository?: string | undefined;
  organization?: string | undefined;
}

/** An incident as `POST /api/v1/events` takes it, not checked yet. */
export type AlertIncident = Record<string, unknown>;

/** A program that tells of alerts in a form of its own. */
export interface AlertSource {
  /** What its payload looks like, as far as it is read. */
  schema: z.ZodType;
  /** The openings and ends of incidents in a payload; none for what is neither. @param payload as the schema read it */
  map(payload: unknown, place: AlertPlace): AlertIncident[];
}

/** A source whose `map` knows what its schema gives. */
export function alertSource<Schema extends z.ZodType>(
  schema: Schema,
  map: (payload: z.output<Schema>, place: AlertPlace) => AlertIncident[],
): AlertSource {
  return { schema, map: (payload, place) => map(payload as z.output<Schema>, place) };
}

const SEVERITIES: readonly (readonly [words: RegExp, severity: string])[] = [
  [/^(?:critical|page|disaster|emergency|p1|sev-?1)$/i, "sev1"],
  [/^(?:high|error|major|p2|sev-?2)$/i, "sev2"],
  [/^(?:medium|moderate|warning|warn|normal|p3|sev-?3)$/i, "sev3"],
  [/^(?:low|minor|info|informational|none|p4|p5|sev-?[45])$/i, "sev4"],
];

/** What words of many programs mean; the middle for what is not said or not known. */
export function severityOf(word: string | undefined): string {
  return SEVERITIES.find(([words]) => words.test(word ?? ""))?.[1] ?? "sev3";
}

/** Where an incident belongs: what its own labels say stands before the address. */
export function placedIn(place: AlertPlace, repository: string | undefined): AlertPlace {
  if (repository !== undefined) return { repository };
  return place.repository === undefined ? { organization: place.organization } : { repository: place.repository };
}
