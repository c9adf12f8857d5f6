import type { Landing, UndoChange } from "./changes";
import { SAMPLE_OWNER } from "./company";
import type { Random } from "./random";
import { slugOf } from "./titles";

/** How a revert or re-land is worded: the forms that public histories hold. */
export interface UndoText {
  title: string;
  body: string;
  /** Message of the branch's one commit. */
  commit: string;
  headRef: string;
}

const REASONS = [
  "it broke the nightly build",
  "errors on staging",
  "customers saw old data",
  "latency doubled",
  "memory grew after the deploy",
  "the migration is not ready",
] as const;
const UNSAID = [
  "use the former rules again",
  "go back to the simple path",
  "restore earlier limits",
  "prefer the known-good order",
] as const;

const reference = (landing: Landing): string =>
  landing.number === null ? landing.mergeSha.slice(0, 10) : `#${landing.number}`;
const revertsCommit = (landing: Landing): string => landing.shas.map((sha) => `This reverts commit ${sha}.`).join("\n");
const withNumber = (landing: Landing): string =>
  landing.number === null ? landing.title : `${landing.title} (#${landing.number})`;

/** The pull request that a chain of reverts and re-lands began with. */
function origin(landing: Landing, landings: ReadonlyMap<unknown, Landing>): Landing {
  const { change } = landing;
  if (change.kind === "ordinary") return landing;
  const first = change.targets.map((target) => landings.get(target)).find((target) => target !== undefined);
  return first === undefined ? landing : origin(first, landings);
}

function revertText(
  change: UndoChange,
  repository: string,
  targets: readonly Landing[],
  newest: Landing,
  random: Random,
): UndoText {
  const branch = `revert-${newest.number ?? newest.mergeSha.slice(0, 7)}-${newest.headRef}`;
  const quoted = `Revert "${withNumber(newest)}"`;
  const commit = `${quoted}\n\n${revertsCommit(newest)}`;
  const reverts =
    newest.number === null ? revertsCommit(newest) : `Reverts ${SAMPLE_OWNER}/${repository}#${newest.number}`;
  switch (change.form) {
    case "button_sha":
      return { title: quoted, body: revertsCommit(newest), commit, headRef: branch };
    case "prefixed":
      return {
        title: `revert: ${newest.title}`,
        body: `${revertsCommit(newest)}\n\nReason: ${random.pick(REASONS)}.`,
        commit: `revert: ${newest.title}\n\n${revertsCommit(newest)}`,
        headRef: `revert/${slugOf(newest.title)}`,
      };
    case "numbered": {
      const reason = random.pick(REASONS);
      const title = random.pick([
        `Revert ${reference(newest)}: ${reason}`,
        `chore: revert ${reference(newest)}, ${reason}`,
        `fix: roll back ${reference(newest)} (${reason})`,
      ]);
      return {
        title,
        body: `Reverts ${reference(newest)}.`,
        commit: `${title}\n\n${revertsCommit(newest)}`,
        headRef: `hotfix/${slugOf(title)}`,
      };
    }
    case "undeclared": {
      const title = `fix: ${random.pick(UNSAID)}`;
      return { title, body: "See the thread in the team channel.", commit: title, headRef: `fix/${slugOf(title)}` };
    }
    case "several":
    case "mass": {
      const title =
        change.form === "mass"
          ? "revert: everything merged since the last good release train"
          : `revert: ${targets.map(reference).join(" and ")}`;
      const list = targets.map(
        (target) => `- Reverts ${reference(target)}: ${target.title}\n  ${revertsCommit(target)}`,
      );
      const lines = targets.map((target) => `Revert "${withNumber(target)}"\n\n${revertsCommit(target)}`);
      return {
        title,
        body: list.join("\n"),
        commit: `${title}\n\n${lines.join("\n\n")}`,
        headRef: `revert/${slugOf(title)}`,
      };
    }
    default:
      return { title: `Revert "${newest.title}"`, body: reverts, commit, headRef: branch };
  }
}

function relandText(change: UndoChange, repository: string, revert: Landing, original: Landing): UndoText {
  const headRef = `reland/${slugOf(original.title)}`;
  const undone = revertsCommit(revert);
  switch (change.form) {
    case "revert_revert": {
      const title = `Revert "${revert.title.replaceAll('"', '\\"')}"`;
      const body = revert.number === null ? undone : `Reverts ${SAMPLE_OWNER}/${repository}#${revert.number}`;
      return { title, body, commit: `${title}\n\n${undone}`, headRef };
    }
    case "reland":
      return {
        title: `Reland: ${original.title}`,
        body: `Relands ${reference(original)} after ${reference(revert)}, with the cause fixed.`,
        commit: `Reland: ${original.title}\n\n${undone}`,
        headRef,
      };
    case "again":
      return {
        title: `${original.title} (2nd try)`,
        body: `Second attempt at ${reference(original)}, reverted in ${reference(revert)}.`,
        commit: `${original.title} (2nd try)`,
        headRef,
      };
    default:
      return {
        title: `Reapply "${original.title}"`,
        body: undone,
        commit: `Reapply "${withNumber(original)}"\n\n${undone}`,
        headRef,
      };
  }
}

/** Wording of an undo whose targets have landed, oldest first and at least one. */
export function undoText(
  change: UndoChange,
  repository: string,
  targets: readonly [Landing, ...Landing[]],
  landings: ReadonlyMap<unknown, Landing>,
  random: Random,
): UndoText {
  const newest = targets.at(-1) ?? targets[0];
  if (change.undo === "reland") return relandText(change, repository, newest, origin(newest, landings));
  if (change.undo === "partial") {
    const title = `fix: partially revert ${reference(newest)}, ${random.pick(REASONS)}`;
    return {
      title,
      body: `Partial revert of ${reference(newest)}; the rest stays.`,
      commit: title,
      headRef: `fix/${slugOf(title)}`,
    };
  }
  return revertText(change, repository, targets, newest, random);
}
