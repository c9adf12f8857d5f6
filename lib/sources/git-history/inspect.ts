import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/lib/core/errors";
import { findBranch } from "./find-branch";
import { findGitFolder, folderName } from "./find-git-folder";
import { GitClient } from "./git-client";
import { type Origin, parseOriginUrl } from "./origin-url";
import { readPullRequestRefs } from "./pull-request-refs";

export interface RepositoryOptions {
  /** A clone, or a bare or mirror repository. */
  path: string;
  /** Name of the organisation; default: the owner in the remote's address, else `local`. */
  org?: string;
  /** Name of the repository; default: that of the remote's address, else the folder's. */
  repo?: string;
  /** Default: the remote's default branch, else HEAD. */
  branch?: string;
}

export interface Repository {
  gitDir: string;
  org: string;
  repo: string;
  /** Web address without credentials, or null. */
  url: string | null;
  branch: string;
  headSha: string;
  /** Commits whose parents a shallow clone left out. */
  boundary: ReadonlySet<string>;
  /** What a partial clone left out: `contents` (file contents) or `trees` (the folders too). */
  lacks: "nothing" | "contents" | "trees";
  /** Last commit of each pull request's branch, by number; empty where the clone has no such references. */
  pullRequestRefs: ReadonlyMap<number, string>;
  /** When the branch was last seen at its head by a fetch, or null. */
  fetchedAt: Date | null;
}

/**
 * Looks at a repository without reading its history: everything that can be wrong with the request is found here.
 * @throws {AppError} naming the field (`/path`, `/branch`, `/org`, `/repo`)
 */
export async function inspectRepository(options: RepositoryOptions, signal?: AbortSignal): Promise<Repository> {
  const folder = await findGitFolder(options.path);
  const client = new GitClient({ gitDir: folder, signal });
  try {
    const [gitDir, shallowFile, fetchHead] = await gitPaths(client, options.path);
    const config = await readConfig(client);
    const remote =
      config.remotes.has("origin") || config.remotes.size !== 1 ? "origin" : [...config.remotes.keys()].join();
    const origin = parseOriginUrl(config.remotes.get(remote) ?? null);
    const branch = await findBranch(client, options.branch, config.remotes.size === 0 ? null : remote);
    return {
      gitDir,
      ...names(options, origin),
      url: origin.url,
      branch: branch.name,
      headSha: branch.sha,
      boundary: await readBoundary(shallowFile),
      lacks: config.lacks,
      pullRequestRefs: await readPullRequestRefs(client),
      fetchedAt: await readFetchedAt(fetchHead, branch.sha),
    };
  } finally {
    await client.close();
  }
}

async function gitPaths(client: GitClient, given: string): Promise<[string, string, string]> {
  const answer = await client.answer([
    "rev-parse",
    "--absolute-git-dir",
    "--git-path",
    "shallow",
    "--git-path",
    "FETCH_HEAD",
  ]);
  const [gitDir, shallow, fetchHead] = (answer ?? "").split("\n");
  if (gitDir === undefined || shallow === undefined || fetchHead === undefined) {
    const message = `${path.resolve(given)} is no usable git repository: git cannot open it.`;
    throw new AppError({ code: "bad_request", message, pointer: "/path" });
  }
  return [gitDir, path.resolve(gitDir, shallow), path.resolve(gitDir, fetchHead)];
}

/** Remotes with their addresses, and what a partial clone filters out. */
async function readConfig(client: GitClient): Promise<{ remotes: Map<string, string>; lacks: Repository["lacks"] }> {
  const pattern = "^(remote\\..*\\.(url|promisor|partialclonefilter)|extensions\\.partialclone)$";
  const text = (await client.answer(["config", "--null", "--get-regexp", pattern])) ?? "";
  const remotes = new Map<string, string>();
  let lacks: Repository["lacks"] = "nothing";
  for (const entry of text.split("\0")) {
    const end = entry.indexOf("\n");
    const key = (end < 0 ? entry : entry.slice(0, end)).trim();
    const value = end < 0 ? "" : entry.slice(end + 1);
    if (key.endsWith(".url")) {
      const name = key.slice("remote.".length, -".url".length);
      if (!remotes.has(name)) remotes.set(name, value);
    } else if (key !== "" && value !== "false") {
      const trees = key.endsWith(".partialclonefilter") && /(^|[:+])tree:/.test(value);
      if (trees || lacks === "nothing") lacks = trees ? "trees" : "contents";
    }
  }
  return { remotes, lacks };
}

const MAX_NAME = 100;

function names(options: RepositoryOptions, origin: Origin): { org: string; repo: string } {
  const org = options.org ?? origin.owner ?? "local";
  const repo = options.repo ?? origin.name ?? folderName(options.path);
  for (const [field, name] of Object.entries({ org, repo })) {
    // Both become parts of event ids and of addresses.
    if (name.trim() !== name || !/^[^/\p{Cc}]{1,100}$/u.test(name)) {
      const message = `"${name.slice(0, MAX_NAME)}" cannot be a name: use 1 to ${MAX_NAME} characters without "/".`;
      throw new AppError({ code: "bad_request", message, pointer: `/${field}` });
    }
  }
  return { org, repo };
}

async function readBoundary(shallowFile: string): Promise<ReadonlySet<string>> {
  const text = await readFile(shallowFile, "utf8").catch(() => "");
  return new Set(text.split("\n").filter((line) => line !== ""));
}

/** FETCH_HEAD lists what the last fetch saw; its time counts only if that was this very head. */
async function readFetchedAt(fetchHead: string, headSha: string): Promise<Date | null> {
  const text = await readFile(fetchHead, "utf8").catch(() => "");
  if (!text.split("\n").some((line) => line.startsWith(headSha))) return null;
  return (await stat(fetchHead)).mtime;
}
