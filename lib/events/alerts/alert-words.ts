import type { SenderPlace } from "@/lib/events/senders/sender";

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
export function placedIn(
  { organization, repository: named }: SenderPlace,
  repository: string | undefined,
): { repository: string } | { organization: string | undefined } {
  const own = repository ?? named;
  return own === undefined ? { organization } : { repository: own };
}
