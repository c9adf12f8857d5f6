/** What playwright.config.ts tells the tests. @throws when a test is run without it */
export function fromConfig(name: "OWNER" | "KEY" | "SAMPLE_STATE" | "EMPTY_STATE" | "EMPTY_LOG"): string {
  const value = process.env[`FLEETGAUGE_E2E_${name}`];
  if (value === undefined) throw new Error(`playwright.config.ts sets no FLEETGAUGE_E2E_${name}`);
  return value;
}
