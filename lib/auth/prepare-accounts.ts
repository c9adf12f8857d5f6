import { env } from "@/lib/core/env";
import { issueSetUpCode, setUpFromEnvironment } from "./set-up";

/**
 * What a start does for accounts: makes those of the environment, and a code while nobody can sign in.
 * @returns the code to make the first owner with; null when there are users
 * @throws {AppError} `unprocessable` for a password of the environment that is too weak
 */
export async function prepareAccounts(): Promise<string | null> {
  const { initAdmin, initApiKey } = env();
  await setUpFromEnvironment({ admin: initAdmin, apiKey: initApiKey });
  return issueSetUpCode();
}
