import { availableParallelism } from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";

// Code that leaves out a time zone fails loudly in one that is 5 hours and 45 minutes off. Workers inherit it.
process.env.TZ = "Asia/Kathmandu";
process.env.LOG_LEVEL ??= "silent";

const alias = { "@": path.resolve(import.meta.dirname) };

export default defineConfig({
  resolve: { alias },
  test: {
    restoreMocks: true,
    unstubEnvs: true,
    // Only what hangs is stopped: how long a test takes says what else the machine does.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // A test and the database that it waits for seldom work at the same moment, so that two share even two processors; each
    // has a server of its own, so that more than four are not worth theirs.
    maxWorkers: Math.min(4, Math.max(2, availableParallelism())),
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "{app,components,lib,prisma,scripts}/**/*.test.{ts,tsx,mjs}",
            "tests/{guards,golden,unit}/**/*.test.ts",
          ],
          setupFiles: ["tests/setup/console-is-failure.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["tests/{db,api,flows}/**/*.test.ts"],
          globalSetup: ["tests/setup/database-server.ts"],
          setupFiles: ["tests/setup/console-is-failure.ts"],
          env: { FLEETGAUGE_SECRET: "the secret of the tests is long enough to be one" },
        },
      },
    ],
  },
});
