import type { Landings } from "./landings";
import type { LineScan } from "./line-scan";
import type { ObjectReader } from "./object-reader";
import type { ShaIndex } from "./sha-index";

interface Line {
  index: ShaIndex;
  scan: LineScan;
}

/** Adds squashes whose subject was cut inside the number: the branch that has these digits and the same files. */
export async function addCutNumbers(
  landings: Landings,
  refs: ReadonlyMap<number, string>,
  { index, scan }: Line,
  objects: ObjectReader,
): Promise<void> {
  for (const { position, digits } of scan.cut) {
    const candidates = [...refs].filter(([number]) => !landings.has(number) && String(number).startsWith(digits));
    const [landed, ...heads] = await objects.commits([index.sha(position), ...candidates.map(([, head]) => head)]);
    const same = candidates.filter((_, i) => heads[i]?.tree === landed?.tree);
    const [only] = same;
    if (same.length === 1 && only !== undefined)
      landings.add({ number: only[0], kind: "squash", positions: [position] });
  }
}

/**
 * Adds pull requests that were pushed to the line as they are: the head of the branch is a commit of the line. Where
 * its branch began nobody can tell afterwards, so only the head counts. A head that another pull request landed means
 * that branches are promoted from the default branch to others here; then no such head says anything.
 */
export function addFastForwards(landings: Landings, refs: ReadonlyMap<number, string>, { index, scan }: Line): void {
  const found: { number: number; position: number }[] = [];
  for (const [number, head] of refs) {
    const position = index.find(head);
    if (position <= 0 || position >= scan.length || landings.has(number)) continue;
    if (landings.numberAt(position) !== undefined) return;
    if (!scan.merged.has(position)) found.push({ number, position });
  }
  for (const { number, position } of found) landings.add({ number, kind: "rebase", positions: [position] });
}
