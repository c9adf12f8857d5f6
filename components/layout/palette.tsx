"use client";

import { usePathname, useRouter } from "next/navigation";
import { createSerializer } from "nuqs/server";
import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { filterOptions } from "@/components/filters/filter-options";
import { type FilterDimension, serializeFilters } from "@/components/filters/search-params";
import { useFilters } from "@/components/filters/use-filters";
import type { PopupState } from "@/components/popup/use-popup";
import { pullRequestParsers } from "@/components/pull-requests/explorer-params";
import { queryKeys } from "@/components/query/query-keys";
import { useChange, useViews } from "@/components/query/use-account";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "@/components/ui/dialog";
import { ADMINISTRATION, REPORTS } from "./main-nav";
import { useWorkspace } from "./workspace-context";

const serializeSearch = createSerializer(pullRequestParsers);

/** What a page can be narrowed to by name, as it is said here. */
const NARROWED_BY: readonly (readonly [FilterDimension, string])[] = [
  ["team", "Team"],
  ["repo", "Repository"],
  ["agent", "Agent"],
  ["category", "Task"],
];
/** Reports that take these filters; from elsewhere the Overview is opened. */
const NARROWED = new Set(REPORTS.map(({ href }) => href));

/** Pages, teams, repositories, agents, tasks and pull requests by what is typed. */
export default function Palette({ state: { anchor, open, onOpenChange } }: { state: PopupState }) {
  const { dimensions, me } = useWorkspace();
  const [filters] = useFilters();
  const [text, setText] = useState("");
  const router = useRouter();
  const pathname = usePathname();
  const go = (href: string) => {
    onOpenChange(false);
    setText("");
    router.push(href);
  };
  const pages = [...REPORTS, ...ADMINISTRATION].filter(({ permission }) => me.permissions.includes(permission));
  const here = NARROWED.has(pathname) ? pathname : "/overview";
  const words = text.trim();
  const views = useViews();
  const change = useChange([queryKeys.views]);
  const save = (isShared: boolean) => {
    // The address is the whole of what a page shows.
    const path = `${pathname}${window.location.search}`;
    change.mutate(
      { url: "/api/v1/me/views", method: "POST", body: { name: words, path, isShared } },
      { onSuccess: () => setText("") },
    );
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent onCloseAutoFocus={() => anchor.current?.focus()}>
        <DialogTitle>Go to</DialogTitle>
        <DialogDescription className="sr-only">
          Pages, teams, repositories, agents, tasks and pull requests by name. Arrows move, Enter opens.
        </DialogDescription>
        <Command label="Go to" loop>
          <CommandInput value={text} onValueChange={setText} placeholder="A page, a team, a repository, a title…" />
          <CommandList>
            <CommandEmpty>Nothing by that name.</CommandEmpty>
            {views.data !== undefined && views.data.length > 0 && (
              <CommandGroup heading="Saved views">
                {views.data.map(({ by, id, isOwn, name, path }) => (
                  <CommandItem key={id} value={`view ${id}`} keywords={[name]} onSelect={() => go(path)}>
                    {name}
                    {!isOwn && <span className="text-ink-3">, by {by}</span>}
                  </CommandItem>
                ))}
              </CommandGroup>
            )}
            <CommandGroup heading="Pages">
              {pages.map(({ href, label }) => (
                <CommandItem
                  key={href}
                  value={`page ${href}`}
                  keywords={[label]}
                  onSelect={() => go(serializeFilters(href, filters))}
                >
                  {label}
                </CommandItem>
              ))}
            </CommandGroup>
            {words !== "" && (
              <CommandGroup heading="Pull requests" forceMount>
                <CommandItem
                  forceMount
                  value={`search ${words}`}
                  onSelect={() => go(serializeSearch("/pull-requests", { ...filters, period: "all", q: words }))}
                >
                  Titles and numbers with “{words}”
                </CommandItem>
              </CommandGroup>
            )}
            {words !== "" &&
              NARROWED_BY.map(([dimension, name]) => (
                <CommandGroup key={dimension} heading={name}>
                  {filterOptions(dimension, dimensions).map(({ label, value }) => (
                    <CommandItem
                      key={value}
                      value={`${dimension} ${value}`}
                      keywords={[label]}
                      onSelect={() => go(serializeFilters(here, { ...filters, [dimension]: [value] }))}
                    >
                      {label}
                    </CommandItem>
                  ))}
                </CommandGroup>
              ))}
            {words !== "" && NARROWED.has(pathname) && (
              <CommandGroup heading="Save" forceMount>
                <CommandItem forceMount value={`save ${words}`} onSelect={() => save(false)}>
                  This view as “{words}”
                </CommandItem>
                <CommandItem forceMount value={`share ${words}`} onSelect={() => save(true)}>
                  This view as “{words}”, for everybody
                </CommandItem>
              </CommandGroup>
            )}
          </CommandList>
        </Command>
        <FormAlert message={change.error?.message ?? null} />
      </DialogContent>
    </Dialog>
  );
}
