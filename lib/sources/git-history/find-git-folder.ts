import { constants } from "node:fs";
import { access, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { AppError, errorCode } from "@/lib/core/errors";

/**
 * The folder with HEAD and objects that a path stands for: a clone, a bare or mirror repository, a linked worktree or a
 * submodule. Never looks above the path, so a plain folder inside some
 * repository is not taken for it.
 * @throws {AppError} bad_request at `/path`
 */
export async function findGitFolder(given: string): Promise<string> {
  const folder = path.resolve(given);
  const kind = await kindOf(folder);
  if (kind === null) throw badPath(`There is no folder ${folder}.`);
  if (kind === "file")
    throw badPath(`${folder} is a file: give the folder of a clone, or of a bare or mirror repository.`);
  const inside = path.join(folder, ".git");
  const insideKind = await kindOf(inside);
  if (insideKind === "folder") return inside;
  if (insideKind === "file") return followGitFile(inside);
  const bare =
    (await kindOf(path.join(folder, "HEAD"))) === "file" && (await kindOf(path.join(folder, "objects"))) === "folder";
  if (bare) return folder;
  throw badPath(`${folder} is no git repository: it has no .git and is no bare or mirror repository.`);
}

/** The name a repository has by its folder: `api` for `/srv/api`, `/srv/api/.git` and `/srv/api.git`. */
export function folderName(given: string): string {
  const folder = path.resolve(given);
  const base = path.basename(folder) === ".git" ? path.basename(path.dirname(folder)) : path.basename(folder);
  return base.replace(/\.git$/, "") || base;
}

/** In worktrees and submodules `.git` is a file that says where the folder is. */
async function followGitFile(file: string): Promise<string> {
  const target = /^gitdir: (.+)$/m.exec(await readFile(file, "utf8"))?.[1];
  const folder = target === undefined ? null : path.resolve(path.dirname(file), target.trimEnd());
  if (folder !== null && (await kindOf(folder)) === "folder") return folder;
  throw badPath(`${path.dirname(file)} is no usable git repository: ${file} names no folder that is there.`);
}

async function kindOf(target: string): Promise<"file" | "folder" | null> {
  try {
    const found = await stat(target);
    if (!found.isDirectory()) return "file";
    await access(target, constants.R_OK | constants.X_OK);
    return "folder";
  } catch (cause) {
    const code = errorCode(cause);
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    if (code === "EACCES") throw badPath(`${target} may not be read by this user.`);
    throw cause;
  }
}

function badPath(message: string): AppError {
  return new AppError({ code: "bad_request", message, pointer: "/path" });
}
