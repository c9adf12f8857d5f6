import { randomBytes } from "node:crypto";
import { chown, lchown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { AppError, errorCode } from "@/lib/core/errors";
import type { PostgresBinaries } from "./binaries";
import { runCommand } from "./run-command";
import type { ServerUser } from "./server-user";

export const SUPERUSER = "fleetgauge";

const TEMPORARY_PREFIX = "postgres.init-";

/** The database cluster inside of a data directory. */
export function clusterDirectory(dataDir: string): string {
  return path.join(dataDir, "postgres");
}

function passwordFile(dataDir: string): string {
  return path.join(dataDir, "postgres-password");
}

async function readIfThere(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  });
}

async function removeLeftovers(dataDir: string): Promise<void> {
  const names = await readdir(dataDir);
  const leftovers = names.filter((name) => name.startsWith(TEMPORARY_PREFIX));
  await Promise.all(leftovers.map((name) => rm(path.join(dataDir, name), { recursive: true, force: true })));
}

/** The major version of the packaged PostgreSQL, as `PG_VERSION` writes it. */
async function packagedMajor(binaries: PostgresBinaries, user: ServerUser): Promise<string> {
  const { file, args, ...ids } = user.command(binaries.postgres, ["--version"]);
  const { code, output } = await runCommand(file, args, { ...ids, cwd: "/" });
  const major = /\(PostgreSQL\) (\d+)/.exec(output)?.[1];
  if (code !== 0 || major === undefined) {
    throw new AppError({ code: "unavailable", message: `The packaged PostgreSQL does not run: ${output.trim()}` });
  }
  return major;
}

async function chownTree(directory: string, ids: { uid: number; gid: number }): Promise<void> {
  await chown(directory, ids.uid, ids.gid);
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  for (const entry of entries) await lchown(path.join(entry.parentPath, entry.name), ids.uid, ids.gid);
}

/** Data that another user left behind is given to the server's user by root, and explained to anybody else. */
async function checkOwner(directory: string, user: ServerUser): Promise<void> {
  const { uid } = await stat(directory);
  if (user.ids !== null) {
    if (uid !== user.ids.uid) await chownTree(directory, user.ids);
    return;
  }
  const own = process.getuid?.();
  if (own !== undefined && uid !== own) {
    throw new AppError({
      code: "unavailable",
      message:
        `The data in ${directory} belongs to another user (uid ${uid}): Fleetgauge was started as that user or as ` +
        "root before. Start it the same way again, or choose another place with FLEETGAUGE_DATA_DIR.",
    });
  }
}

async function initialise(dataDir: string, binaries: PostgresBinaries, user: ServerUser): Promise<string> {
  const workspace = path.join(dataDir, `${TEMPORARY_PREFIX}${process.pid}`);
  await mkdir(workspace, { mode: 0o700 });
  const password = randomBytes(24).toString("base64url");
  const secret = path.join(workspace, "password");
  await writeFile(secret, password, { mode: 0o600 });
  if (user.ids !== null) await chownTree(workspace, user.ids);

  const target = path.join(workspace, "data");
  const { file, args, ...ids } = user.command(binaries.initdb, [
    `--pgdata=${target}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${secret}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
  ]);
  const { code, output } = await runCommand(file, args, { ...ids, cwd: "/" });
  if (code !== 0) {
    await rm(workspace, { recursive: true, force: true });
    throw new AppError({
      code: "unavailable",
      message: `PostgreSQL could not make its data directory: ${output.trim()}`,
    });
  }
  // The password first: data without it would be useless, a password without data is simply replaced.
  await writeFile(`${passwordFile(dataDir)}.new`, password, { mode: 0o600, flush: true });
  await rename(`${passwordFile(dataDir)}.new`, passwordFile(dataDir));
  await rename(target, clusterDirectory(dataDir));
  await rm(workspace, { recursive: true, force: true });
  return password;
}

/**
 * Makes sure that a complete cluster stands in the data directory and returns its password. `initdb` works in a
 * directory of its own that is renamed when it is done, so one that was interrupted never counts.
 * @throws {AppError} `unavailable` when the data cannot be used, with the reason
 */
export async function ensureCluster(
  dataDir: string,
  binaries: PostgresBinaries,
  user: ServerUser,
): Promise<{ password: string; created: boolean }> {
  await removeLeftovers(dataDir);
  const directory = clusterDirectory(dataDir);
  const version = await readIfThere(path.join(directory, "PG_VERSION"));
  if (version === null) {
    const entries = await readdir(directory).catch(() => []);
    if (entries.length > 0) {
      throw new AppError({
        code: "unavailable",
        message: `${directory} is not empty and holds no PostgreSQL data. Move it away, then start again.`,
      });
    }
    await rm(directory, { recursive: true, force: true });
    return { password: await initialise(dataDir, binaries, user), created: true };
  }
  await checkOwner(directory, user);
  const major = await packagedMajor(binaries, user);
  if (version.trim() !== major) {
    throw new AppError({
      code: "unavailable",
      message:
        `The data in ${directory} was made by PostgreSQL ${version.trim()}, and this version of Fleetgauge brings ` +
        `PostgreSQL ${major}. Start the version that made it and run "fleetgauge backup", then restore into a new ` +
        "data directory (FLEETGAUGE_DATA_DIR).",
    });
  }
  const password = await readIfThere(passwordFile(dataDir));
  if (password === null) {
    throw new AppError({
      code: "unavailable",
      message: `${passwordFile(dataDir)} is missing, so the data in ${directory} cannot be opened. Put the file back.`,
    });
  }
  return { password, created: false };
}
