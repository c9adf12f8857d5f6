/** Answers change only when new data is projected, so a minute is fresh enough; a failure is shown, not repeated. */
export const QUERY_DEFAULTS = {
  staleTime: 60_000,
  retry: 1,
  refetchOnWindowFocus: false,
  // An answer to another question shares nothing with the last one worth the comparison.
  structuralSharing: false,
} as const;
