import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { createLogger } from "@/lib/core/logger";
import { openFacts } from "./columns/store";
import { openTitles } from "./explorer/titles/title-store";
import { openVerdicts } from "./explorer/verdicts/verdict-store";

const log = createLogger("facts");

/** Notes of changes live for an hour; who has looked since follows them instead of loading everything again. */
const INTERVAL_MS = 10 * 60_000;

async function refresh(): Promise<void> {
  try {
    await openFacts(SYSTEM_SCOPE);
    // What the first search and the first list of rollbacks would wait for; each keeps itself close from then on.
    await openVerdicts();
    await openTitles();
  } catch (error) {
    log.warn({ err: error }, "the facts could not be loaded; the next request tries again");
  }
}

/** Loads the facts in the background and keeps them close to the database while nobody asks; never fails. */
export function keepFactsWarm(): void {
  void refresh();
  setInterval(refresh, INTERVAL_MS).unref();
}
