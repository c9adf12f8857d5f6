import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vitest.config";

/** `npm run office`: workbooks are worked out by LibreOffice, which must be installed (`soffice`). */
export default mergeConfig(
  { ...base, test: { ...base.test, projects: undefined } },
  defineConfig({
    test: {
      include: ["tests/office/**/*.test.ts"],
      globalSetup: ["tests/setup/database-server.ts"],
      env: { FLEETGAUGE_SECRET: "the secret of the tests is long enough to be one" },
      testTimeout: 180_000,
      hookTimeout: 60_000,
    },
  }),
);
