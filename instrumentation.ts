/** Called by Next.js once when a server starts, never by a build. */
export async function register(): Promise<void> {
  // Replaced when it is compiled: the condition keeps database code out of a bundle for another runtime.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { keepFactsWarm } = await import("@/lib/metrics/keep-warm");
    keepFactsWarm();
  }
}
