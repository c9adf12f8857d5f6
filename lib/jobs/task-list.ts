import type { Task, TaskList } from "graphile-worker";
import { type JobName, type JobPayload, jobPayloads } from "./payloads";
import { applyRetention } from "./tasks/apply-retention";
import { followGitHub } from "./tasks/follow-github";
import { importGit } from "./tasks/import-git";
import { keepVintages } from "./tasks/keep-vintages";
import { linkTelemetry } from "./tasks/link-telemetry";
import { loadSample } from "./tasks/load-sample";
import { makeReport } from "./tasks/make-report";
import { postDue } from "./tasks/post-due-costs";
import { previewRules } from "./tasks/preview-rules";
import { project } from "./tasks/project";
import { pruneOldAccounts } from "./tasks/prune-accounts";
import { pruneOldFactChanges } from "./tasks/prune-fact-changes";
import { pullCosts } from "./tasks/pull-vendor-costs";
import { readTelemetry } from "./tasks/read-telemetry";
import { reconcileGitHub } from "./tasks/reconcile-github";
import { removeSample } from "./tasks/remove-sample";
import { sendReports } from "./tasks/send-reports";
import { unlockDeadWorkers } from "./tasks/unlock-dead-workers";

type JobContext = {
  /** Fires when the worker shuts down: stop at the next safe point and throw, the job is tried again. */
  signal: AbortSignal | undefined;
};

type JobHandlers = { [Name in JobName]: (payload: JobPayload<Name>, context: JobContext) => Promise<void> };

/** One handler for each job; the compiler refuses a job without one. */
const handlers: JobHandlers = {
  "unlock-dead-workers": unlockDeadWorkers,
  project,
  "prune-fact-changes": pruneOldFactChanges,
  "prune-accounts": pruneOldAccounts,
  "apply-retention": applyRetention,
  "post-due-costs": postDue,
  "read-telemetry": readTelemetry,
  "pull-vendor-costs": pullCosts,
  "link-telemetry": linkTelemetry,
  "follow-github": followGitHub,
  "reconcile-github": reconcileGitHub,
  "load-sample": loadSample,
  "remove-sample": removeSample,
  "preview-rules": previewRules,
  "keep-vintages": keepVintages,
  "send-reports": sendReports,
  "make-report": makeReport,
  "import-git": importGit,
};

function toTask<Name extends JobName>(name: Name): Task {
  return async (raw, helpers) => {
    // The registry is one object, so schema and handler of a name belong together.
    const payload = jobPayloads[name].parse(raw ?? {}) as JobPayload<Name>;
    await handlers[name](payload, { signal: helpers.abortSignal });
  };
}

/** The handlers as graphile-worker takes them, with payloads checked. */
export function createTaskList(): TaskList {
  const names = Object.keys(handlers) as JobName[];
  return Object.fromEntries(names.map((name) => [name, toTask(name)]));
}
