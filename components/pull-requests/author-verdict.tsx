import { Tag } from "@/components/metrics/tag";
import { AUTHOR_KIND_LABEL } from "@/lib/core/dimensions";
import { formatPercent } from "@/lib/core/format";
import type { AgentItem, PullRequestItem } from "@/lib/metrics/explorer/types";
import { type CommitUrl, EvidenceList } from "./evidence-list";

/** Who wrote it. */
export function AuthorAnswer({
  pullRequest: { authorKind, agents },
}: {
  pullRequest: Pick<PullRequestItem, "authorKind" | "agents">;
}) {
  const isAgent = authorKind === "agent" || authorKind === "assisted";
  return (
    <>
      <Tag agent={isAgent}>{AUTHOR_KIND_LABEL[authorKind]}</Tag>
      {agents.map(({ name }) => name).join(", ")}
    </>
  );
}

/** What marks an agent left. */
export function AgentEvidence({ agent, commitUrl }: { agent: AgentItem; commitUrl: CommitUrl }) {
  return (
    <div className="mt-2">
      <p className="num">
        {agent.name}
        <span className="text-ink-2">, marked on {formatPercent(agent.share, 0)} of the commits</span>
      </p>
      <EvidenceList items={agent.evidence} commitUrl={commitUrl} />
    </div>
  );
}
