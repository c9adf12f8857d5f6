import { ReportPanel } from "@/components/layout/report-panel";
import { CATEGORY_LABEL, CATEGORY_SEVERITY, EXCLUSION_LABEL } from "@/lib/core/dimensions";
import { capitalised, formatCount, formatQuantity } from "@/lib/core/format";
import type { PullRequestDetail } from "@/lib/metrics/explorer/types";
import { AgentEvidence, AuthorAnswer } from "./author-verdict";
import { type CommitUrl, EvidenceList } from "./evidence-list";
import { Verdict, Verdicts } from "./verdict";

const CATEGORY_RULE: Record<string, string> = {
  manual: "set by hand",
  sensitive_path: "by a sensitive path",
  label: "by its label",
  paths: "by its files",
  title: "by its title",
  default: "no rule fits",
};

/** What the product says of a pull request and why. */
export function VerdictsPanel({
  pullRequest,
  teamName,
  commitUrl,
}: {
  pullRequest: PullRequestDetail;
  teamName: string;
  commitUrl: CommitUrl;
}) {
  const { authorship, categoryVerdict, delegation, exclusion, exclusionEvidence, teamVerdict } = pullRequest;
  const { rollbacks } = pullRequest;
  const isUnclear = rollbacks.some(({ kind }) => kind === "ambiguous") && !rollbacks.some(({ counts }) => counts);
  return (
    <ReportPanel title="What we say, and why">
      <Verdicts>
        <Verdict
          name="Written by"
          answer={<AuthorAnswer pullRequest={pullRequest} />}
          confidence={authorship.confidence}
        >
          {pullRequest.agents.map((agent) => (
            <AgentEvidence key={agent.agent} agent={agent} commitUrl={commitUrl} />
          ))}
          <EvidenceList items={authorship.evidence} commitUrl={commitUrl} />
          {authorship.suggestions.length > 0 && (
            <p className="mt-1.5 text-ink-2">
              Suggestions by {authorship.suggestions.join(", ")} were accepted in review; that is not authorship.
            </p>
          )}
        </Verdict>
        <Verdict
          name="Task"
          answer={
            <>
              {CATEGORY_LABEL[pullRequest.category]}
              <span className="text-note font-normal text-ink-3">
                {CATEGORY_RULE[categoryVerdict.rule] ?? categoryVerdict.rule}, risk class{" "}
                {CATEGORY_SEVERITY[pullRequest.category].toLowerCase()}
              </span>
            </>
          }
        >
          <EvidenceList items={[categoryVerdict.evidence]} commitUrl={commitUrl} />
        </Verdict>
        {delegation !== null && (
          <Verdict name="Made for" answer={delegation.name ?? "A person"}>
            <EvidenceList items={[delegation.evidence]} commitUrl={commitUrl} />
          </Verdict>
        )}
        <Verdict name="Team" answer={teamName}>
          <EvidenceList items={[teamVerdict.evidence]} commitUrl={commitUrl} />
        </Verdict>
        <Verdict name="Lines" answer={<LinesAnswer pullRequest={pullRequest} />}>
          <LinesDetail pullRequest={pullRequest} />
        </Verdict>
        <Verdict
          name="In the rates"
          answer={exclusion === "none" ? "Counted" : `Not counted: ${EXCLUSION_LABEL[exclusion]}`}
        >
          {exclusionEvidence === null ? (
            exclusion === "none" && (
              <p className="mt-1.5 text-ink-2">
                Nothing puts it outside of the population.
                {isUnclear && " Rates of what was rolled back leave it out: whether it was is not clear."}
              </p>
            )
          ) : (
            <EvidenceList items={[exclusionEvidence]} commitUrl={commitUrl} />
          )}
        </Verdict>
      </Verdicts>
    </ReportPanel>
  );
}

function LinesAnswer({ pullRequest }: { pullRequest: PullRequestDetail }) {
  if (pullRequest.effectiveLines === null) return "Unknown";
  return <span className="num">{formatQuantity(pullRequest.effectiveLines, "effective line")} added</span>;
}

function LinesDetail({ pullRequest }: { pullRequest: PullRequestDetail }) {
  const { additions, changedFiles, deletions, effectiveLines, linesReason } = pullRequest;
  const parts = [
    ...(additions === null || deletions === null
      ? []
      : [`git counts ${formatCount(additions)} added and ${formatCount(deletions)} deleted`]),
    ...(changedFiles === null ? [] : [`in ${formatQuantity(changedFiles, "file")}`]),
  ];
  return (
    <p className="num mt-1.5 text-ink-2">
      {linesReason !== null && `${linesReason} `}
      {parts.length > 0 && `${capitalised(parts.join(", "))}. `}
      {effectiveLines !== null && "Generated, vendored and lock files are left out of the effective lines."}
    </p>
  );
}
