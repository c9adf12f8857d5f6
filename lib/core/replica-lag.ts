/** A replica is nearly always a moment behind; what is within this is not worth a word. */
export const NOTABLE_LAG_SECONDS = 10;

function formatLag(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/** One sentence about answers that a replica gave late; null when they are as good as the primary's, or its own. */
export function replicaSentence(replica: { lagSeconds: number | null } | null): string | null {
  if (replica === null) return null;
  const { lagSeconds } = replica;
  if (lagSeconds === null) return "Read from a replica that cannot tell how far it is behind.";
  return lagSeconds > NOTABLE_LAG_SECONDS ? `Read from a replica that is ${formatLag(lagSeconds)} behind.` : null;
}
