import path from "node:path";

/** The checkout. */
export const ROOT = path.resolve(import.meta.dirname, "..", "..");

/** State of the checkout itself (locks of the set-up); user data may live elsewhere, see FLEETGAUGE_DATA_DIR. */
export const STATE_DIR = path.join(ROOT, ".fleetgauge");

/** @param {...string} parts */
export function fromRoot(...parts) {
  return path.join(ROOT, ...parts);
}
