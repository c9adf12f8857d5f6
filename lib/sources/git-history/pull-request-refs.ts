import { rawReferenceSchema } from "./api-types";
import type { GitClient } from "./git-client";

/** How clones and mirrors name the last commit of a pull request's branch, most trusted first. */
const NAMES = [
  /^refs\/pull\/(\d{1,9})\/head$/,
  /^refs\/pull-requests\/(\d{1,9})\/from$/,
  /^refs\/merge-requests\/(\d{1,9})\/head$/,
  /^refs\/remotes\/[^/]+\/(?:pull|merge-requests)\/(\d{1,9})\/head$/,
  /^refs\/remotes\/[^/]+\/(?:pull|pr|mr)\/(\d{1,9})$/,
];
const FOLDERS = ["refs/pull/", "refs/pull-requests/", "refs/merge-requests/", "refs/remotes/"];

/** Last commit of each pull request's branch by number; empty for a clone without such references. */
export async function readPullRequestRefs(client: GitClient): Promise<Map<number, string>> {
  const found = new Map<number, { sha: string; rank: number }>();
  for await (const lines of client.lines(["for-each-ref", "--format=%(objectname) %(refname)", ...FOLDERS])) {
    for (const line of lines) {
      const { sha, name } = rawReferenceSchema.parse(line);
      const rank = NAMES.findIndex((pattern) => pattern.test(name));
      const number = Number(NAMES[rank]?.exec(name)?.[1]);
      if (rank < 0 || number === 0) continue;
      const known = found.get(number);
      if (known === undefined || rank < known.rank) found.set(number, { sha, rank });
    }
  }
  return new Map([...found].sort(([a], [b]) => a - b).map(([number, { sha }]) => [number, sha]));
}
