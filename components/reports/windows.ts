/** The two windows after merge in which a rollback is counted. */
export const WINDOWS = ["24h", "7d"] as const;
export type RollbackWindow = (typeof WINDOWS)[number];

export const WINDOW_METRIC: Record<RollbackWindow, string> = { "24h": "rollback_rate_24h", "7d": "rollback_rate_7d" };
export const WINDOW_WORDS: Record<RollbackWindow, string> = { "24h": "24 hours", "7d": "7 days" };

/** Options of the switch in a panel's tools. */
export const WINDOW_OPTIONS: readonly { value: RollbackWindow; label: string }[] = [
  { value: "24h", label: "24\u00a0h" },
  { value: "7d", label: "7\u00a0d" },
];
