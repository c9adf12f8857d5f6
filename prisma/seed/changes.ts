import type { Actor, ChangedFile } from "@/lib/events/schema";
import type { AgentTool, Authorship } from "./adoption";
import type { AgentMarks } from "./agents";
import type { Person } from "./people";
import type { TaskKind } from "./tasks";
import type { Edit } from "./worktree";

/** What is planned for a repository before numbers and commit ids exist. Instants are UTC milliseconds. */

export interface Schedule {
  openedAt: number;
  /** null: opened ready for review. */
  readyAt: number | null;
  outcome: "merged" | "closed" | "open";
  /** Merge or close instant; null while open. */
  endedAt: number | null;
}

export interface Credit {
  authorship: Authorship | "automation";
  tool: AgentTool | null;
  marks: AgentMarks | null;
  /** Who wrote it or asked for it. */
  person: Person;
  /** Account that opened the pull request. */
  author: Actor;
}

interface ChangeBase extends Schedule {
  credit: Credit;
  /** Pushed straight to the default branch: no number, no review. */
  direct: boolean;
}

export interface OrdinaryChange extends ChangeBase {
  kind: "ordinary";
  task: TaskKind;
  title: string;
  body: string;
  headRef: string;
  labels: string[];
  edits: Edit[];
  /** A person accepted a review program's suggestion on it. */
  suggestion: boolean;
}

export type RevertForm = "button" | "button_sha" | "prefixed" | "numbered" | "undeclared" | "several" | "mass";
export type RelandForm = "reapply" | "revert_revert" | "reland" | "again";

/** A change that undoes others: what it says and restores is known only when its targets have landed. */
export interface UndoChange extends ChangeBase {
  kind: "undo";
  undo: "revert" | "partial" | "reland";
  form: RevertForm | RelandForm;
  /** Oldest first. A re-land undoes the revert. */
  targets: Change[];
}

export type Change = OrdinaryChange | UndoChange;

/** What a change became when it reached the default branch. */
export interface Landing {
  change: Change;
  /** null for a direct push. */
  number: number | null;
  title: string;
  headRef: string;
  /** Oldest first; one but for rebase merges. */
  shas: string[];
  mergeSha: string;
  at: number;
  files: ChangedFile[];
}

/** Whether a landing is a pull request that counts as work, as opposed to an undo or a push. */
export function isWork(landing: Landing): boolean {
  return landing.number !== null && landing.change.kind === "ordinary" && landing.change.task !== "automation";
}
