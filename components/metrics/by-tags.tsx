import { AUTHOR_KIND_LABEL, type AuthorKind } from "@/lib/core/dimensions";
import { Tag } from "./tag";

/** Who wrote it: the agents by name, or the kind where there is none. */
export function ByTags({
  authorKind,
  agents,
}: {
  authorKind: AuthorKind | null;
  agents: readonly { agent: string; name: string }[];
}) {
  if (authorKind === null) return <span className="text-ink-3">unknown</span>;
  const isAgent = authorKind === "agent" || authorKind === "assisted";
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      {agents.length === 0 ? (
        <Tag agent={isAgent}>{AUTHOR_KIND_LABEL[authorKind]}</Tag>
      ) : (
        agents.map(({ agent, name }) => (
          <Tag key={agent} agent={isAgent}>
            {name}
          </Tag>
        ))
      )}
      {authorKind === "assisted" && agents.length > 0 && <span className="text-note text-ink-3">assisted</span>}
    </span>
  );
}
