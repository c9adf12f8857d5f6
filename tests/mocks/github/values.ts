import type { Account } from "./model";

export const MINUTE_MS = 60_000;

/** Milliseconds of the epoch as GitHub writes them: whole seconds. */
export const instant = (at: number): string =>
  new Date(Math.floor(at / 1000) * 1000).toISOString().replace(".000Z", "Z");

/** An account as its timeline names it. */
export const show = (account: Account | null) =>
  account && { __typename: account.type, login: account.login, databaseId: account.databaseId, name: account.name };
