import { formatHours, formatPercent } from "@/lib/core/format";
import type { Actor, FleetEvent, PayloadOf } from "./schema";

const shortSha = (sha: string) => sha.slice(0, 9);
const subjectLine = (message: string) => message.split("\n", 1)[0] ?? "";
const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** Programs by their login; people are not named. */
function who(actor: Actor | null): string {
  return actor?.type === "bot" && actor.login !== null ? actor.login : "a person";
}

function merged({ baseRef, landedShas, mergeKind, mergeSha }: PayloadOf<"pull_request.merged">): string {
  const how = { squash: "by squashing", merge: "with a merge commit", rebase: "by rebasing" }[mergeKind];
  const commits =
    landedShas.length > 1 ? `, ${landedShas.length} commits up to ${shortSha(mergeSha)}` : ` as ${shortSha(mergeSha)}`;
  return `Merged into ${baseRef} ${how}${commits}.`;
}

function reviewed({ comments, reviewer, state }: PayloadOf<"review.submitted">): string {
  const said = { approved: "approved", changes_requested: "asked for changes", commented: "commented" }[state];
  const remarks = comments !== null && comments > 0 ? ` with ${plural(comments, "comment")}` : "";
  const name = who(reviewer);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${said}${remarks}.`;
}

function checked({ check, conclusion, seconds }: PayloadOf<"ci_run.finished">): string {
  const how = {
    success: "passed",
    failure: "failed",
    cancelled: "was cancelled",
    timed_out: "timed out",
    skipped: "was skipped",
    neutral: "ended without a verdict",
  }[conclusion];
  const after = conclusion === "skipped" || seconds === null ? "" : ` after ${formatHours(seconds / 3600)}`;
  return `Check ${check} ${how}${after}.`;
}

function deployed({ service, environment, status, deploymentKind }: PayloadOf<"deployment.finished">): string {
  const what = { change: "deployment", hotfix: "hotfix", rollback: "rollback" }[deploymentKind];
  return `The ${what} of ${service} to ${environment} ${status === "success" ? "succeeded" : "failed"}.`;
}

function forcePushed({ after, before }: PayloadOf<"pull_request.force_pushed">): string {
  if (before === null || after === null) return "The branch was rewritten.";
  return `The branch was rewritten from ${shortSha(before)} to ${shortSha(after)}.`;
}

function requested({ reviewer, team }: PayloadOf<"pull_request.review_requested">): string {
  return `A review was asked of ${team === null ? who(reviewer) : `the team ${team}`}.`;
}

function commented({ author, path, repliesTo }: PayloadOf<"review.commented">): string {
  const name = who(author);
  const what = repliesTo === null ? "commented on" : "answered a comment on";
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} ${what} ${path}.`;
}

function thread({ isOutdated, isResolved, path, resolvedBy }: PayloadOf<"review_thread.observed">): string {
  // When it happened is not told: only that it had by the last change of the pull request.
  if (isResolved) {
    return `By then the comments on ${path} were resolved${resolvedBy === null ? "" : ` by ${who(resolvedBy)}`}.`;
  }
  const changed = isOutdated ? ", and what they are about had changed" : "";
  return `By then the comments on ${path} were not resolved${changed}.`;
}

function coverage({ base, head, patch }: PayloadOf<"coverage.reported">): string {
  const percent = ({ covered, total }: { covered: number; total: number }) =>
    total === 0 ? "none" : formatPercent(covered / total);
  const before = base === null ? "" : `, ${percent(base)} before`;
  const changed = patch === null || patch.total === 0 ? "" : `; of the changed ones ${percent(patch)}`;
  return `Tests run ${percent(head)} of the lines${before}${changed}.`;
}

const times = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function churn({ files }: PayloadOf<"code_churn.measured">): string {
  const sum = (of: (file: (typeof files)[number]) => number) => files.reduce((total, file) => total + of(file), 0);
  const [lines, gone] = [sum((file) => file.lines), sum((file) => file.gone21d)];
  return `Of the ${times(lines, "line", "lines")} that it added ${gone === 0 ? "none" : gone} had been deleted or changed after 21 days.`;
}

function traced({ files }: PayloadOf<"fix.traced">): string {
  const lines = files.reduce((sum, file) => sum + file.lines, 0);
  const owners = [...new Set(files.flatMap((file) => file.owners.map(({ number }) => number)))].sort((a, b) => a - b);
  const from = owners.length === 0 ? "no pull request that is known" : owners.map((number) => `#${number}`).join(", ");
  return `As a fix it changes ${times(lines, "line", "lines")} of code, brought by ${from}.`;
}

function ran({ agent, iterations, model, outcome, seconds }: PayloadOf<"agent_run.finished">): string {
  const using = model === null ? "" : ` with ${model}`;
  const how = { success: "ended its work", failure: "failed", cancelled: "was stopped" }[outcome];
  const spent = [
    ...(seconds === null ? [] : [formatHours(seconds / 3600)]),
    ...(iterations === null ? [] : [times(iterations, "round", "rounds")]),
  ];
  return `${agent}${using} ${how}${spent.length === 0 ? "" : ` after ${spent.join(" and ")}`}.`;
}

/** One plain sentence about an event. */
export function sentenceOf(event: FleetEvent): string {
  switch (event.kind) {
    case "repository.observed":
      return `The repository was read up to ${shortSha(event.payload.headSha)} on ${event.payload.branch}.`;
    case "commit.landed":
      return `Commit ${shortSha(event.payload.sha)} landed: ${subjectLine(event.payload.message)}`;
    case "codeowners.changed":
      return event.payload.rules === null
        ? `${event.payload.path} was removed.`
        : `${event.payload.path} changed who owns what.`;
    case "pull_request.opened":
      return `Opened by ${who(event.payload.author)}${event.payload.isDraft ? " as a draft" : ""}.`;
    case "pull_request.ready":
      return "Marked ready for review.";
    case "pull_request.reopened":
      return "Reopened.";
    case "pull_request.converted_to_draft":
      return "Made a draft again.";
    case "pull_request.auto_merge":
      return event.payload.enabled
        ? "Set to merge by itself once all checks pass."
        : "No longer set to merge by itself.";
    case "pull_request.queued":
      return event.payload.added ? "Put into the merge queue." : "Taken out of the merge queue.";
    case "pull_request.force_pushed":
      return forcePushed(event.payload);
    case "pull_request.review_requested":
      return requested(event.payload);
    case "pull_request.assigned":
      return `${event.payload.assigned ? "Assigned to" : "No longer assigned to"} ${who(event.payload.assignee)}.`;
    case "pull_request.issue_linked":
      return `It closes issue #${event.payload.issue}.`;
    case "pull_request.commit":
      return `Commit ${shortSha(event.payload.sha)} on the branch: ${subjectLine(event.payload.message)}`;
    case "pull_request.merged":
      return merged(event.payload);
    case "pull_request.closed":
      return "Closed without being merged.";
    case "review.submitted":
      return reviewed(event.payload);
    case "review.commented":
      return commented(event.payload);
    case "review_thread.observed":
      return thread(event.payload);
    case "ci_run.finished":
      return checked(event.payload);
    case "deployment.finished":
      return deployed(event.payload);
    case "rollback.reported":
      return `It was ${event.payload.how === "flag" ? "switched off by a flag" : "taken back by hand"}${event.payload.reason === null ? "" : `: ${event.payload.reason}`}.`;
    case "release.published":
      return `${event.payload.isPrerelease ? "Pre-release" : "Release"} ${event.payload.tag} was published.`;
    case "incident.opened":
      return `Incident ${event.payload.incident} (${event.payload.severity}) names it as the cause: ${event.payload.title}`;
    case "incident.resolved":
      return `Incident ${event.payload.incident} was resolved.`;
    case "defect.opened":
      return `Defect ${event.payload.defect} (${event.payload.severity})${event.payload.beforeMerge === true ? ", found before the merge," : ""} names it as the cause: ${event.payload.title}`;
    case "agent_run.finished":
      return ran(event.payload);
    case "coverage.reported":
      return coverage(event.payload);
    case "findings.reported": {
      const { findings, tool } = event.payload;
      return `${tool} found ${findings === 0 ? "nothing" : times(findings, "problem", "problems")}.`;
    }
    case "code_churn.measured":
      return churn(event.payload);
    case "finding.judged":
      return `Somebody looked at ${event.payload.finding} of ${event.payload.tool}: ${event.payload.isFalse ? "a false alarm" : "it was one"}.`;
    case "fix.traced":
      return traced(event.payload);
    case "cost.incurred":
      return `${event.payload.provider} charged ${event.payload.amountMinor} minor units of ${event.payload.currency} for ${event.payload.item}.`;
  }
}
