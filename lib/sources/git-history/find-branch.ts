import { AppError } from "@/lib/core/errors";
import { rawReferenceSchema } from "./api-types";
import type { GitClient } from "./git-client";

export interface Branch {
  /** Without the remote: `main`; `HEAD` when a detached head is on no branch. */
  name: string;
  sha: string;
}

interface Reference {
  sha: string;
  name: string;
}

const LOCAL = "refs/heads/";
const NEAREST_SHOWN = 5;

/**
 * The branch to read. By default that of the remote (`origin/HEAD`), because a local branch may lag behind it or hold
 * unpublished work; in a bare or mirror repository, and where the remote's default is not known, HEAD.
 * @throws {AppError} unprocessable for a repository without commits, bad_request at `/branch` for an unknown name
 */
export async function findBranch(
  client: GitClient,
  wanted: string | undefined,
  remote: string | null,
): Promise<Branch> {
  const references = await listBranches(client, remote);
  const tracking = remote === null ? null : `refs/remotes/${remote}/`;
  if (wanted !== undefined) return namedBranch(references, wanted, tracking);
  const published = tracking === null ? null : await symbolicTarget(client, `${tracking}HEAD`);
  const head = await symbolicTarget(client, "HEAD");
  for (const name of [published, head]) {
    const found = references.find((reference) => reference.name === name);
    if (found !== undefined) return { name: shortName(found.name, tracking), sha: found.sha };
  }
  const detached = head === null ? await resolveCommit(client, "HEAD") : null;
  if (detached !== null) {
    const there = references.find(({ sha }) => sha === detached);
    return { name: there === undefined ? "HEAD" : shortName(there.name, tracking), sha: detached };
  }
  if (references.length === 0) {
    throw new AppError({
      code: "unprocessable",
      message: "The repository is empty: it has no commits yet.",
      pointer: "/path",
    });
  }
  // HEAD of a bare repository may name a branch that nobody ever pushed.
  const usual = ["main", "master"].flatMap(
    (name) => references.find((one) => shortName(one.name, tracking) === name) ?? [],
  );
  const fallback = usual[0] ?? (references.length === 1 ? references[0] : undefined);
  if (fallback !== undefined) return { name: shortName(fallback.name, tracking), sha: fallback.sha };
  throw unknownBranch("HEAD names a branch that does not exist", references, tracking, "main");
}

function namedBranch(references: Reference[], wanted: string, tracking: string | null): Branch {
  const names = [
    ...(tracking === null ? [] : [`${tracking}${wanted}`]),
    `${LOCAL}${wanted}`,
    `refs/remotes/${wanted}`,
    wanted,
  ];
  for (const name of names) {
    const found = references.find((reference) => reference.name === name);
    if (found !== undefined) return { name: shortName(found.name, tracking), sha: found.sha };
  }
  throw unknownBranch(`There is no branch ${wanted}`, references, tracking, wanted);
}

function unknownBranch(problem: string, references: Reference[], tracking: string | null, wanted: string): AppError {
  const names = [...new Set(references.map(({ name }) => shortName(name, tracking)))];
  const nearest = names
    .map((name) => ({ name, distance: editDistance(name.toLowerCase(), wanted.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, NEAREST_SHOWN)
    .map(({ name }) => name);
  const hint =
    nearest.length === 0
      ? "It has no branches."
      : `${names.length > nearest.length ? "Nearest" : "It has"}: ${nearest.join(", ")}.`;
  return new AppError({ code: "bad_request", message: `${problem}. ${hint}`, pointer: "/branch" });
}

async function listBranches(client: GitClient, remote: string | null): Promise<Reference[]> {
  const folders = [LOCAL, ...(remote === null ? ["refs/remotes/"] : [`refs/remotes/${remote}/`])];
  const references: Reference[] = [];
  for await (const lines of client.lines(["for-each-ref", "--format=%(objectname) %(refname)", ...folders])) {
    references.push(...lines.map((line) => rawReferenceSchema.parse(line)));
  }
  return references.filter(({ name }) => !/^refs\/remotes\/[^/]+\/HEAD$/.test(name));
}

function shortName(name: string, tracking: string | null): string {
  if (name.startsWith(LOCAL)) return name.slice(LOCAL.length);
  if (tracking !== null && name.startsWith(tracking)) return name.slice(tracking.length);
  return name.replace(/^refs\/remotes\//, "");
}

async function symbolicTarget(client: GitClient, name: string): Promise<string | null> {
  const answer = await client.answer(["symbolic-ref", "--quiet", name]);
  return answer === null || answer === "" ? null : answer;
}

async function resolveCommit(client: GitClient, name: string): Promise<string | null> {
  return client.answer(["rev-parse", "--quiet", "--verify", "--end-of-options", `${name}^{commit}`]);
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
