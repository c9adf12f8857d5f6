import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "..", "..");
const CONFIG = path.join(ROOT, ".dependency-cruiser.cjs");
const PROGRAM = path.join(ROOT, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");

const PACKAGES = [
  "recharts",
  "@prisma/client",
  "pg",
  "graphile-worker",
  "@octokit/core",
  "better-auth",
  "commander",
  "prom-client",
  "zod",
];

type Plant = { file: string; imports: string; also?: Record<string, string> };

/** For each rule one file that breaks it. A rule that is not here fails the first test. */
const PLANTS: Record<string, Plant> = {
  "layer-core": { file: "lib/core/plant.ts", imports: "@/lib/db/thing" },
  "layer-db": { file: "lib/db/plant.ts", imports: "@/lib/auth/thing" },
  "layer-telemetry": { file: "lib/telemetry/plant.ts", imports: "@/lib/auth/thing" },
  "layer-audit": { file: "lib/audit/plant.ts", imports: "@/lib/auth/thing" },
  "system-scope": { file: "lib/metrics/plant.ts", imports: "@/lib/auth/system-scope" },
  "scope-minted-in-auth": { file: "lib/api/plant.ts", imports: "@/lib/auth/mint-scope" },
  "layer-auth": { file: "lib/auth/plant.ts", imports: "@/lib/settings/thing" },
  "layer-api": { file: "lib/api/plant.ts", imports: "@/lib/db/thing" },
  "layer-settings": { file: "lib/settings/plant.ts", imports: "@/lib/facts/thing" },
  "layer-events": { file: "lib/events/plant.ts", imports: "@/lib/attribution/thing" },
  "layer-events-schema": { file: "lib/events/schema.ts", imports: "@/lib/db/thing" },
  "layer-sources": { file: "lib/sources/one/plant.ts", imports: "@/lib/db/thing" },
  "sources-apart": { file: "lib/sources/one/plant.ts", imports: "@/lib/sources/two/thing" },
  "layer-attribution": { file: "lib/attribution/plant.ts", imports: "@/lib/db/thing" },
  "layer-facts": { file: "lib/facts/plant.ts", imports: "@/lib/metrics/thing" },
  "layer-metrics": { file: "lib/metrics/plant.ts", imports: "@/lib/events/thing" },
  "layer-metric-definitions": { file: "lib/metrics/definitions/plant.ts", imports: "@/lib/db/thing" },
  "layer-engines": { file: "lib/roi/engine/plant.ts", imports: "@/lib/metrics/thing" },
  "layer-roi": { file: "lib/roi/plant.ts", imports: "@/lib/db/thing" },
  "layer-governance": { file: "lib/governance/plant.ts", imports: "@/lib/db/thing" },
  "layer-reports": { file: "lib/reports/plant.ts", imports: "@/lib/facts/thing" },
  "layer-exports": { file: "lib/exports/plant.ts", imports: "@/lib/db/thing" },
  "layer-connections": { file: "lib/connections/plant.ts", imports: "@/lib/facts/thing" },
  "layer-ingest": { file: "lib/ingest/plant.ts", imports: "@/lib/metrics/thing" },
  "ingest-for-jobs-and-cli": { file: "lib/metrics/plant.ts", imports: "@/lib/ingest/thing" },
  "layer-web": { file: "lib/web/plant.ts", imports: "@/lib/metrics/thing" },
  "web-is-an-adapter": { file: "lib/jobs/plant.ts", imports: "@/lib/web/thing" },
  "layer-jobs": { file: "lib/jobs/plant.ts", imports: "@/components/metrics/thing" },
  "jobs-by-enqueue": { file: "app/api/plant/route.ts", imports: "@/lib/jobs/thing" },
  "layer-cli": { file: "lib/cli/plant.ts", imports: "@/components/metrics/thing" },
  "cli-is-an-adapter": { file: "lib/jobs/plant.ts", imports: "@/lib/cli/thing" },
  "layer-seed": { file: "prisma/seed/plant.ts", imports: "@/lib/db/thing" },
  "layer-bench": { file: "bench/plant.ts", imports: "@/components/metrics/thing" },
  "layer-components": { file: "components/metrics/plant.tsx", imports: "@/lib/metrics/thing" },
  "layer-ui": { file: "components/ui/plant.tsx", imports: "@/components/metrics/thing" },
  "layer-pages": { file: "app/(dashboard)/plant/page.tsx", imports: "@/lib/db/thing" },
  "layer-browser": { file: "app/(dashboard)/plant/view.tsx", imports: "@/lib/metrics/loaders" },
  "layer-routes": { file: "app/api/plant/route.ts", imports: "@/lib/facts/thing" },
  "nothing-imports-app": { file: "components/metrics/plant.tsx", imports: "@/app/thing" },
  "product-never-imports-tests": { file: "lib/core/plant.ts", imports: "@/tests/thing" },
  "fence-recharts": { file: "components/metrics/plant.tsx", imports: "recharts" },
  "fence-prisma": { file: "lib/settings/plant.ts", imports: "@prisma/client" },
  "fence-pg": { file: "lib/facts/plant.ts", imports: "pg" },
  "fence-graphile-worker": { file: "lib/events/plant.ts", imports: "graphile-worker" },
  "fence-octokit": { file: "lib/sources/one/plant.ts", imports: "@octokit/core" },
  "fence-accounts": { file: "lib/api/plant.ts", imports: "better-auth" },
  "fence-prometheus": { file: "lib/api/plant.ts", imports: "prom-client" },
  "fence-commander": { file: "lib/jobs/plant.ts", imports: "commander" },
  "no-cycles": {
    file: "lib/core/plant.ts",
    imports: "./other",
    also: { "lib/core/other.ts": 'export { plant } from "./plant";' },
  },
  resolvable: { file: "lib/core/plant.ts", imports: "@/lib/core/there-is-no-such-file" },
};

/** Imports that the table allows, to see that the rules do not simply refuse everything. */
const ALLOWED: readonly (readonly [string, string])[] = [
  ["lib/db/fine.ts", "@/lib/core/thing"],
  ["lib/sources/one/fine.ts", "@/lib/events/schema"],
  ["lib/sources/github-clone/fine.ts", "@octokit/core"],
  ["lib/attribution/fine.ts", "@/lib/events/schema"],
  ["lib/facts/fine.ts", "@/lib/attribution/thing"],
  ["lib/metrics/definitions/fine.ts", "@/lib/metrics/columns/table"],
  ["lib/connections/fine.ts", "@/lib/sources/github-api/thing"],
  ["lib/ingest/fine.ts", "@/prisma/seed/thing"],
  ["lib/jobs/fine.ts", "@/lib/ingest/thing"],
  ["app/api/fine/route.ts", "@/lib/web/some-webhook"],
  ["lib/cli/fine.ts", "commander"],
  ["bench/fine.ts", "@/lib/facts/thing"],
  ["components/charts/fine.tsx", "recharts"],
  ["components/metrics/fine.tsx", "@/components/ui/thing"],
  ["components/ui/fine.tsx", "@/lib/core/thing"],
  ["app/(dashboard)/fine/page.tsx", "@/lib/metrics/loaders"],
  ["app/(dashboard)/fine/prefetch.ts", "@/lib/metrics/loaders"],
  ["app/(dashboard)/other/page.tsx", "@/app/(dashboard)/fine/view"],
  ["app/(dashboard)/fine/view.tsx", "@/lib/metrics/types"],
  ["app/(dashboard)/split/view.tsx", "@/app/(dashboard)/fine/part"],
  ["app/api/fine/route.ts", "@/lib/jobs/enqueue"],
];

const MODULES = [
  ...[
    "core",
    "db",
    "auth",
    "settings",
    "facts",
    "metrics",
    "events",
    "attribution",
    "ingest",
    "jobs",
    "cli",
    "web",
  ].map((layer) => `lib/${layer}/thing.ts`),
  "lib/auth/system-scope.ts",
  "lib/auth/mint-scope.ts",
  "lib/metrics/types.ts",
  "lib/metrics/loaders.ts",
  "lib/metrics/columns/table.ts",
  "lib/events/schema.ts",
  "lib/jobs/enqueue.ts",
  "lib/web/some-webhook.ts",
  "lib/sources/two/thing.ts",
  "lib/sources/github-api/thing.ts",
  "components/metrics/thing.ts",
  "components/ui/thing.ts",
  "app/thing.ts",
  "app/(dashboard)/fine/part.tsx",
  "tests/thing.ts",
];

type Violation = { from: string; rule: { name: string; severity: string } };

let directory: string;

async function put(file: string, content: string): Promise<void> {
  const target = path.join(directory, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, content);
}

async function findViolations(): Promise<Violation[]> {
  const paths = ["app", "bench", "components", "lib", "prisma", "tests"];
  // The exit code is the number of errors; what counts here is the report.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [PROGRAM, "--config", CONFIG, "--output-type", "json", ...paths],
    { cwd: directory, maxBuffer: 64 * 1024 * 1024 },
  ).catch((error: { stdout: string }) => error);
  return JSON.parse(stdout).summary.violations;
}

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "fleetgauge-layers-"));
  await copyFile(path.join(ROOT, "tsconfig.json"), path.join(directory, "tsconfig.json"));
  for (const name of PACKAGES) {
    await put(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
    await put(`node_modules/${name}/index.js`, "module.exports = {};");
  }
  for (const file of MODULES) await put(file, "export const thing = 1;\n");
  await put("prisma/seed/thing.ts", "export const thing = 1;\n");
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe("the layer rules", () => {
  it("have a planted violation each, and every one says its rule in words", () => {
    const { forbidden } = createRequire(import.meta.url)(CONFIG);
    expect(forbidden.map((rule: { name: string }) => rule.name).sort()).toEqual(Object.keys(PLANTS).sort());
    for (const rule of forbidden) {
      expect(rule.severity, rule.name).toBe("error");
      expect(rule.comment.length, rule.name).toBeGreaterThan(20);
    }
  });

  it("catch every planted violation", { timeout: 60_000 }, async () => {
    const plants = Object.entries(PLANTS);
    const lines = new Map<string, string[]>();
    for (const [index, [, { file, imports, also }]] of plants.entries()) {
      const statement = `import * as plant${index} from "${imports}";\nexport const use${index} = plant${index};`;
      lines.set(file, [...(lines.get(file) ?? ["export const plant = 1;"]), statement]);
      for (const [name, content] of Object.entries(also ?? {})) await put(name, content);
    }
    for (const [file, content] of lines) await put(file, content.join("\n"));
    const violations = await findViolations();
    const caught = plants.filter(([name, { file, also }]) =>
      violations.some(
        ({ from, rule }) =>
          rule.name === name && rule.severity === "error" && [file, ...Object.keys(also ?? {})].includes(from),
      ),
    );
    expect(caught.map(([name]) => name).sort()).toEqual(Object.keys(PLANTS).sort());
  });

  it("allow what the table allows", { timeout: 60_000 }, async () => {
    for (const [file, imports] of ALLOWED) {
      await put(file, `import * as used from "${imports}";\nexport const use = used;\n`);
    }
    const violations = await findViolations();
    expect(violations.map(({ from, rule }) => `${from}: ${rule.name}`)).toEqual([]);
  });
});
