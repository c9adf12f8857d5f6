import { stat } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/lib/core/errors";
import type { PostgresBinaries } from "./binaries";
import { runCommand } from "./run-command";

/** How the server's programs are started: as ourselves, or by root as another user. */
export type ServerUser = {
  name: string;
  /** Null: no change of user. */
  ids: { uid: number; gid: number } | null;
  /** Turns a command into one that runs as this user. */
  command(file: string, args: readonly string[]): { file: string; args: readonly string[]; uid?: number; gid?: number };
};

const CREATED_USER = "fleetgauge";

const CREATE_USER_COMMANDS: readonly (readonly [string, readonly string[]])[] = [
  [
    "useradd",
    ["--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", CREATED_USER],
  ],
  ["adduser", ["-S", "-D", "-H", "-s", "/sbin/nologin", CREATED_USER]],
];

async function lookUp(name: string): Promise<{ name: string; uid: number; gid: number } | null> {
  const uid = await runCommand("id", ["-u", name]);
  const gid = await runCommand("id", ["-g", name]);
  if (uid.code !== 0 || gid.code !== 0) return null;
  return { name, uid: Number.parseInt(uid.output, 10), gid: Number.parseInt(gid.output, 10) };
}

async function createUser(): Promise<Awaited<ReturnType<typeof lookUp>>> {
  for (const [file, args] of CREATE_USER_COMMANDS) {
    const { code } = await runCommand(file, args);
    if (code === 0) return lookUp(CREATED_USER);
  }
  return null;
}

/** The owner of existing data stays the one that runs it, whichever users the machine has gained since. */
async function ownerOf(directory: string): Promise<{ name: string; uid: number; gid: number } | null> {
  const found = await stat(directory).catch(() => null);
  if (found === null || found.uid === 0) return null;
  const { code, output } = await runCommand("id", ["-un", String(found.uid)]);
  return { name: code === 0 ? output.trim() : `uid ${found.uid}`, uid: found.uid, gid: found.gid };
}

async function chooseUser(clusterDirectory: string) {
  const user =
    (await ownerOf(clusterDirectory)) ??
    (await lookUp("postgres")) ??
    (await lookUp(CREATED_USER)) ??
    (await createUser()) ??
    (await lookUp("nobody"));
  if (user === null) {
    throw new AppError({
      code: "unavailable",
      message:
        "PostgreSQL refuses to run as root, and no system user could be found or made for it. Start Fleetgauge as an " +
        "ordinary user, create a user named postgres, or set DATABASE_URL.",
    });
  }
  return user;
}

/**
 * Capabilities that let the server pass through a private directory above the checkout (`/root` is 0700), the smaller
 * one first; containers usually have the second one only.
 */
const PASS_THROUGH_CAPABILITIES = ["dac_read_search", "dac_override"] as const;

function withCapability(
  capability: (typeof PASS_THROUGH_CAPABILITIES)[number],
  ids: { uid: number; gid: number },
  file: string,
  args: readonly string[],
) {
  const switches = [
    `--reuid=${ids.uid}`,
    `--regid=${ids.gid}`,
    "--clear-groups",
    // Without this bit access(2), by which PostgreSQL checks its programs, does not see the capability.
    "--securebits=+no_setuid_fixup",
    `--inh-caps=+${capability}`,
    `--ambient-caps=+${capability}`,
  ];
  return { file: "setpriv", args: [...switches, file, ...args] };
}

/**
 * Decides as whom the server runs. PostgreSQL refuses root: then it is the owner of the existing data, `postgres`, a
 * system user made for it, or `nobody`, in this order.
 * @throws {AppError} `unavailable` with what to do about it
 */
export async function resolveServerUser(binaries: PostgresBinaries, clusterDirectory: string): Promise<ServerUser> {
  if (process.getuid?.() !== 0) {
    return { name: "the current user", ids: null, command: (file, args) => ({ file, args }) };
  }
  const { name, uid, gid } = await chooseUser(clusterDirectory);
  const ids = { uid, gid };
  const canRun = await runCommand(binaries.postgres, ["--version"], { ...ids, cwd: "/" });
  const canEnter = await runCommand("test", ["-x", path.dirname(clusterDirectory)], { ...ids, cwd: "/" });
  if (canRun.code === 0 && canEnter.code === 0) return { name, ids, command: (file, args) => ({ file, args, ...ids }) };

  let said = "";
  for (const capability of PASS_THROUGH_CAPABILITIES) {
    const probe = withCapability(capability, ids, "test", ["-x", binaries.initdb]);
    const { code, output } = await runCommand(probe.file, probe.args, { cwd: "/" });
    if (code === 0) return { name, ids, command: (file, args) => withCapability(capability, ids, file, args) };
    said = output.trim();
  }
  throw new AppError({
    code: "unavailable",
    message:
      `PostgreSQL refuses to run as root, and the user ${name} cannot reach ${binaries.home} or ` +
      `${path.dirname(clusterDirectory)}. Move the checkout out of private directories (for example to /opt), start ` +
      `Fleetgauge as an ordinary user, or set DATABASE_URL. (${said})`,
  });
}
