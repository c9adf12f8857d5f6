/** Said by every estimate of the time that reviews take (metrics.md 2.4). */
export const ESTIMATE_CAVEATS = [
  "An estimate: from when reviews were written. What follows within 30 minutes is one session, which begins with reading the change (400 lines an hour, 5 to 60 minutes); at most 90 minutes per session and pull request.",
  "Reading without writing, meetings and comments outside of reviews are not seen. No time sample corrects it yet (factor 1.0).",
];
