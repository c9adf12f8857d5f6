import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const ROOT = path.resolve(import.meta.dirname, "..", "..");

async function readJson<Schema extends z.ZodType>(file: string, schema: Schema): Promise<z.infer<Schema>> {
  return schema.parse(JSON.parse(await readFile(path.join(ROOT, file), "utf8")));
}

const manifest = await readJson(
  "package.json",
  z.object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) }),
);
const { packages } = await readJson(
  "package-lock.json",
  z.object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        integrity: z.string().optional(),
        resolved: z.string().optional(),
        optional: z.boolean().optional(),
        os: z.array(z.string()).optional(),
        cpu: z.array(z.string()).optional(),
        optionalDependencies: z.record(z.string(), z.string()).optional(),
      }),
    ),
  }),
);
const { floors, refused } = await readJson(
  "security/floors.json",
  z.object({
    floors: z.record(z.string(), z.object({ minimum: z.string(), reason: z.string() })),
    refused: z.record(z.string(), z.string()),
  }),
);

function compareVersions(left: string, right: string): number {
  const numbers = (version: string) => version.split("-")[0]?.split(".").map(Number) ?? [];
  const [a, b] = [numbers(left), numbers(right)];
  const difference = [0, 1, 2].map((index) => (a[index] ?? 0) - (b[index] ?? 0)).find((value) => value !== 0) ?? 0;
  // A prerelease comes before its release.
  return difference || Number(right.includes("-")) - Number(left.includes("-"));
}

function installed(name: string): string[] {
  return Object.entries(packages)
    .filter(([location]) => location.endsWith(`node_modules/${name}`))
    .map(([, { version }]) => version ?? "");
}

describe("dependencies", () => {
  it("compares versions as it should", () => {
    expect(compareVersions("16.4.10", "16.4.6")).toBeGreaterThan(0);
    expect(compareVersions("16.4.6", "16.4.6")).toBe(0);
    expect(compareVersions("16.4.6-canary.1", "16.4.6")).toBeLessThan(0);
    expect(compareVersions("4.6.6", "4.6.7")).toBeLessThan(0);
  });

  it.each(Object.entries(floors))("%s is not older than its security floor", (name, { minimum }) => {
    const versions = installed(name);
    expect(versions).not.toEqual([]);
    for (const version of versions) expect(compareVersions(version, minimum), version).toBeGreaterThanOrEqual(0);
  });

  it.each(Object.entries(refused))("%s is not installed: %s", (name) => {
    expect(installed(name)).toEqual([]);
  });

  it("are pinned to exact versions", () => {
    const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
    const loose = Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
    expect(loose).toEqual([]);
  });

  it("carry a SHA-512 each, except packages for platforms that the registry at hand did not have", () => {
    const without = Object.entries(packages).filter(
      ([location, { integrity, optional, os, cpu }]) =>
        location !== "" &&
        integrity?.startsWith("sha512-") !== true &&
        !(optional === true && (os !== undefined || cpu !== undefined)),
    );
    expect(without.map(([location]) => location)).toEqual([]);
  });

  it("name no registry host", () => {
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it("list the packages of every platform, so that npm ci works on all of them", () => {
    const missing = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.entries(optionalDependencies)
        .filter(([name, version]) => /^\d+\.\d+\.\d+/.test(version) && installed(name).length === 0)
        .map(([name]) => name),
    );
    expect(missing).toEqual([]);
  });
});
