import { createHash } from "node:crypto";
import { minorDigits, toMajor } from "@/lib/core/money";
import type { DayCost } from "@/lib/metrics/money/cost-lines";

/** An amount of the ledger in major units, with all the decimals of its currency. */
export const ledgerAmount = ({ currency, minor }: Pick<DayCost, "currency" | "minor">): string =>
  toMajor(String(minor), currency).toFixed(minorDigits(currency));

/** SHA-256 of what was paid, line by line, in the currencies that it was paid in. */
export function ledgerHash(lines: readonly DayCost[]): string {
  const hash = createHash("sha256");
  for (const line of lines) {
    const { agent, day, item, org, paid, provider, team } = line;
    const was = paid ?? line;
    hash.update(
      `${JSON.stringify([day, org.slug, team, agent?.key ?? null, item, provider, ledgerAmount(was), was.currency])}\n`,
    );
  }
  return hash.digest("hex");
}
