"use client";

import { ArrowUpDownIcon, SearchIcon, XIcon } from "lucide-react";
import { FilterChip } from "@/components/filters/filter-chip";
import { PanelChoice, PanelLink } from "@/components/metrics/panel-tool";
import { PULL_REQUEST_SORTS } from "@/components/query/query-keys";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Input } from "@/components/ui/input";
import type { ExplorerState } from "./explorer-request";
import { SORT_LABEL } from "./sort-order";

const OUTCOMES = [
  { value: "all", label: "All" },
  { value: "yes", label: "Rolled back" },
  { value: "no", label: "Not rolled back" },
] as const;
const ROLLED_BACK = { all: null, yes: true, no: false } as const;

/** Search, outcome and order of the list; what they hold is in the address. */
export function ExplorerTools({
  q,
  rolledBack,
  window,
  counted,
  sort,
  csvHref,
  onChange,
}: Pick<ExplorerState, "q" | "rolledBack" | "window" | "counted" | "sort"> & {
  csvHref: string;
  onChange: (change: Partial<Nullable<ExplorerState>>) => void;
}) {
  return (
    <div data-print="hide" className="mb-1 flex flex-wrap items-center gap-x-3 gap-y-2">
      <search className="w-full sm:w-72">
        <form
          className="relative"
          onSubmit={(event) => {
            event.preventDefault();
            const text = new FormData(event.currentTarget).get("q");
            onChange({ q: typeof text === "string" && text.trim() !== "" ? text.trim() : null });
          }}
        >
          <SearchIcon aria-hidden="true" className="absolute top-2 left-2.5 size-4 text-ink-3" />
          {/* Keyed by what the address says, so that Back puts the words back too. */}
          <Input
            key={q}
            type="search"
            name="q"
            defaultValue={q}
            enterKeyHint="search"
            maxLength={200}
            aria-label="Search titles and numbers"
            placeholder="Title or #number, then Enter"
            className="h-8 bg-panel pl-8"
          />
        </form>
      </search>
      <PanelChoice
        label="Outcome"
        value={rolledBack === null ? "all" : rolledBack ? "yes" : "no"}
        options={OUTCOMES}
        onChange={(outcome) => onChange({ rolledBack: ROLLED_BACK[outcome] })}
      />
      {window !== null && (
        <Narrowing onRemove={() => onChange({ window: null })}>
          {`Within ${window === "24h" ? "24 hours" : "7 days"}, old enough`}
        </Narrowing>
      )}
      {counted !== null && (
        <Narrowing onRemove={() => onChange({ counted: null })}>
          {counted ? "Only what the rates count" : "Only what the rates leave out"}
        </Narrowing>
      )}
      <div className="ml-auto flex items-center gap-1">
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <FilterChip className="md:hidden" aria-label={`Order: ${SORT_LABEL[sort].toLowerCase()}`}>
              <ArrowUpDownIcon className="size-3.5" />
              {SORT_LABEL[sort]}
            </FilterChip>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="end">
            <DropdownMenuRadioGroup
              value={sort}
              onValueChange={(value) => {
                const chosen = PULL_REQUEST_SORTS.find((known) => known === value);
                if (chosen !== undefined) onChange({ sort: chosen });
              }}
            >
              {PULL_REQUEST_SORTS.map((value) => (
                <DropdownMenuRadioItem key={value} value={value}>
                  {SORT_LABEL[value]}
                </DropdownMenuRadioItem>
              ))}
            </DropdownMenuRadioGroup>
          </DropdownMenuContent>
        </DropdownMenu>
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
