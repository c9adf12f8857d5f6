import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { type SealingKey, sealingKey } from "./seal";

/** The key that secrets are sealed with from now on, and all that open what was sealed earlier. */
export interface SealingKeys {
  current: SealingKey;
  all: readonly SealingKey[];
}

let cached: { from: string; keys: SealingKeys } | null = null;

/**
 * The keys of this installation, from `FLEETGAUGE_SECRET` and `FLEETGAUGE_PREVIOUS_SECRETS`.
 * @throws {AppError} `unavailable` without a secret: nothing is ever stored unsealed
 */
export function sealingKeys(): SealingKeys {
  const { secret, previousSecrets } = env();
  if (secret === null) {
    throw new AppError({
      code: "unavailable",
      message: "Secrets cannot be stored: start the server with FLEETGAUGE_SECRET (at least 32 characters).",
    });
  }
  const from = JSON.stringify([secret, previousSecrets]);
  if (cached?.from !== from) {
    const current = sealingKey(secret);
    cached = { from, keys: { current, all: [current, ...previousSecrets.map(sealingKey)] } };
  }
  return cached.keys;
}
