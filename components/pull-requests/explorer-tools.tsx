"use client";

import { ArrowUpDownIcon, XIcon } from "lucide-react";
import { FilterChip } from "@/components/filters/filter-chip";
import type { FilterState } from "@/components/filters/search-params";
import { SearchText } from "@/components/filters/search-text";
import { useWorkspace } from "@/components/layout/workspace-context";
import { PanelChoice, PanelLink } from "@/components/metrics/panel-tool";
import { PULL_REQUEST_SORTS } from "@/components/query/query-keys";
import { ADVERSE_LABEL } from "@/lib/core/adverse-layers";
import { FAILURE_CAUSE_LABEL, NOT_TRIAGED } from "@/lib/core/failure-causes";
import { formatHours } from "@/lib/core/format";
import { causesIn, type ExplorerState, isWithin } from "./explorer-request";
import { SORT_LABEL } from "./sort-order";

const OUTCOMES = [
  { value: "merged", label: "Merged" },
  { value: "yes", label: "Rolled back" },
  { value: "no", label: "Not rolled back" },
  { value: "closed", label: "Closed" },
] as const;
type Outcome = (typeof OUTCOMES)[number]["value"];
const NARROWED: Readonly<Record<Outcome, Pick<ExplorerState, "rolledBack" | "ended">>> = {
  merged: { rolledBack: null, ended: null },
  yes: { rolledBack: true, ended: null },
  no: { rolledBack: false, ended: null },
  closed: { rolledBack: null, ended: "closed" },
};

function outcomeOf({ ended, rolledBack }: Pick<ExplorerState, "rolledBack" | "ended">): Outcome {
  if (rolledBack !== null) return rolledBack ? "yes" : "no";
  return ended === "closed" ? "closed" : "merged";
}

/** Search, outcome and order of the list; what they hold is in the address. */
export function ExplorerTools({
  q,
  rolledBack,
  ended,
  window,
  sign,
  among,
  within,
  counted,
  metric,
  part,
  cause,
  sort,
  csvHref,
  onChange,
}: Omit<ExplorerState, "cursor" | keyof FilterState> & {
  csvHref: string;
  onChange: (change: Partial<Nullable<ExplorerState>>) => void;
}) {
  const { descriptors } = useWorkspace();
  const behind = descriptors.find(({ id }) => id === metric);
  const causes = causesIn({ cause });
  return (
    <div data-print="hide" className="mb-1 flex flex-wrap items-center gap-x-3 gap-y-2">
      <SearchText
        value={q}
        label="Search titles and numbers"
        placeholder="Title or #number, then Enter"
        className="w-full sm:w-72"
        onSearch={(text) => onChange({ q: text })}
      />
      <PanelChoice
        label="Outcome"
        value={outcomeOf({ ended, rolledBack })}
        options={OUTCOMES}
        onChange={(outcome) => onChange(NARROWED[outcome])}
      />
      {ended === "any" && <Narrowing onRemove={() => onChange({ ended: null })}>Merged or closed</Narrowing>}
      {window !== null && (
        <Narrowing onRemove={() => onChange({ window: null })}>
          {`Within ${window === "24h" ? "24 hours" : "7 days"}, old enough`}
        </Narrowing>
      )}
      {(sign !== null || isWithin(within)) && (
        <Narrowing onRemove={() => onChange({ sign: null, among: null, within: null })}>
          {[
            sign === null ? "Rolled back" : ADVERSE_LABEL[sign],
            ...(isWithin(within) ? [`within ${formatHours(within)}`] : []),
            ...(sign !== null && among.length > 1 ? ["before any other sign"] : []),
          ].join(" ")}
        </Narrowing>
      )}
      {counted !== null && (
        <Narrowing onRemove={() => onChange({ counted: null })}>
          {counted ? "Only what the rates count" : "Only what the rates leave out"}
        </Narrowing>
      )}
      {behind !== undefined && (
        <Narrowing onRemove={() => onChange({ metric: null, part: null })}>
          {part === null ? `Behind “${behind.title}”` : `${behind.title}: ${part === "counted" ? "yes" : "no"}`}
        </Narrowing>
      )}
      {causes.length > 0 && (
        <Narrowing onRemove={() => onChange({ cause: null })}>
          {causes
            .map((word) => (word === NOT_TRIAGED ? "Failed, and nobody has said why" : FAILURE_CAUSE_LABEL[word]))
            .join(", ")}
        </Narrowing>
      )}
      <div className="ml-auto flex items-center gap-1">
        <label className="inline-flex h-8 items-center gap-1.5 rounded-md border border-line-strong bg-panel px-2.5 text-sm text-ink-2 has-focus-visible:outline-2 has-focus-visible:outline-brand md:hidden">
          <ArrowUpDownIcon aria-hidden="true" className="size-3.5" />
          <select
            aria-label="Order"
            value={sort}
            onChange={(event) => {
              const chosen = PULL_REQUEST_SORTS.find((known) => known === event.target.value);
              if (chosen !== undefined) onChange({ sort: chosen });
            }}
            className="appearance-none bg-transparent outline-none"
          >
            {PULL_REQUEST_SORTS.map((value) => (
              <option key={value} value={value} className="bg-panel text-ink">
                {SORT_LABEL[value]}
              </option>
            ))}
          </select>
        </label>
        <PanelLink href={csvHref} download>
          CSV
        </PanelLink>
      </div>
    </div>
  );
}

type Nullable<State> = { [Name in keyof State]: State[Name] | null };

/** Something that a link narrowed the list to, and the way out of it. */
function Narrowing({ onRemove, children }: { onRemove: () => void; children: string }) {
  return (
    <FilterChip onClick={onRemove} aria-label={`Remove: ${children}`}>
      {children}
      <XIcon className="size-3.5 text-ink-3" />
    </FilterChip>
  );
}
