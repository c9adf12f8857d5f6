import { pruneAccounts } from "@/lib/auth/prune-accounts";

/** Runs every hour. */
export async function pruneOldAccounts(): Promise<void> {
  await pruneAccounts();
}
