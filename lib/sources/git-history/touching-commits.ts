import type { GitClient } from "./git-client";
import type { FilePatch } from "./parse-patches";
import type { PatchReader } from "./patch-reader";
import type { ShaIndex } from "./sha-index";

/** git holds each path against each of those that are asked for: with more of them it is quicker to read every commit. */
const MOST_PATHS = 300;
const COMMITS_AT_ONCE = 32;

/** A stretch of the line, from its first position up to, and without, its last. */
export interface Stretch {
  first: number;
  end: number;
}

interface TouchingInput {
  client: GitClient;
  index: ShaIndex;
  patches: PatchReader;
  stretch: Stretch;
  paths: ReadonlySet<string>;
}

/**
 * What commits of a stretch of the line do to those files, in the order of the line: of few files only the commits that touch
 * them, or what they were called before; of many every commit with all that it changes. Which makes no difference to the files.
 */
export async function* patchesTouching(
  input: TouchingInput,
): AsyncGenerator<{ position: number; patches: readonly FilePatch[] }> {
  const { paths, stretch } = input;
  const isNameable = [...paths].every((path) => /^[^\n\uFFFD]+$/.test(path));
  if (paths.size > MOST_PATHS || !isNameable) {
    const positions = Array.from({ length: stretch.end - stretch.first }, (_, i) => stretch.first + i);
    yield* patchesAt(input, positions);
    return;
  }
  const found = new Map<number, FilePatch[]>();
  const known = new Set<string>();
  for (let wanted = paths; wanted.size > 0; ) {
    const earlier = new Set<string>();
    for await (const { patches, position } of patchesAt(input, await positionsTouching(input, wanted))) {
      // What an earlier round asked for by either of its names is there already.
      const kept = patches.filter(
        ({ from, path }) =>
          (wanted.has(path) || (from !== null && wanted.has(from))) &&
          !known.has(path) &&
          (from === null || !known.has(from)),
      );
      for (const { from } of kept) {
        if (from !== null && !wanted.has(from)) earlier.add(from);
      }
      found.set(position, [...(found.get(position) ?? []), ...kept]);
    }
    for (const path of wanted) known.add(path);
    wanted = earlier;
  }
  for (const [position, patches] of [...found].sort(([a], [b]) => a - b)) {
    yield { position, patches: patches.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)) };
  }
}

async function* patchesAt({ index, patches }: TouchingInput, positions: readonly number[]) {
  for (let next = 0; next < positions.length; next += COMMITS_AT_ONCE) {
    const some = positions.slice(next, next + COMMITS_AT_ONCE);
    const changes = await patches.patches(
      some.map((position) => ({ sha: index.sha(position), parent: index.sha(position - 1) })),
    );
    for (const [at, position] of some.entries()) yield { position, patches: changes[at] ?? [] };
  }
}

async function positionsTouching(
  { client, index, stretch }: TouchingInput,
  paths: ReadonlySet<string>,
): Promise<number[]> {
  if (stretch.end <= stretch.first) return [];
  const range = `${index.sha(stretch.end - 1)}\n^${index.sha(stretch.first - 1)}\n--\n`;
  const args = ["--literal-pathspecs", "rev-list", "--first-parent", "--stdin"];
  const positions: number[] = [];
  for await (const lines of client.lines(args, [range, [...paths].map((path) => `${path}\n`).join("")])) {
    for (const sha of lines) positions.push(index.find(sha));
  }
  return positions.sort((a, b) => a - b);
}
