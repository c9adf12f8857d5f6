"use client";

import { CheckIcon } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import type { FilterOption } from "./filter-options";

/** A searchable list of which any number can be chosen; arrows move, Enter chooses. */
export function OptionList({
  label,
  options,
  selected,
  onChange,
}: {
  label: string;
  options: FilterOption[];
  selected: readonly string[];
  onChange: (values: string[]) => void;
}) {
  const toggle = (value: string) =>
    onChange(selected.includes(value) ? selected.filter((other) => other !== value) : [...selected, value]);
  return (
    <Command label={label} loop>
      {options.length > 8 && <CommandInput placeholder={`Find ${label.toLowerCase()}`} />}
      <CommandList aria-multiselectable="true">
        <CommandEmpty>Nothing by that name.</CommandEmpty>
        <CommandGroup>
          {options.map((option) => {
            const chosen = selected.includes(option.value);
            return (
              <CommandItem
                key={option.value}
                value={option.value}
                keywords={[option.label]}
                onSelect={() => toggle(option.value)}
              >
                <span
                  aria-hidden="true"
                  className={cn(
                    "grid size-4 place-content-center rounded-[4px] border",
                    chosen ? "border-brand bg-brand text-panel" : "border-line-control",
                  )}
                >
                  {chosen && <CheckIcon className="size-3.5 text-panel" />}
                </span>
                <span className="min-w-0 flex-1 truncate">{option.label}</span>
                {option.hint !== undefined && <span className="text-xs text-ink-3">{option.hint}</span>}
                <span className="sr-only">{chosen ? "chosen" : "not chosen"}</span>
              </CommandItem>
            );
          })}
        </CommandGroup>
      </CommandList>
      {selected.length > 0 && (
        <div className="border-t p-1">
          <button
            type="button"
            className="w-full rounded-sm px-2 py-1.5 text-left text-sm text-ink-2 hover:bg-sunken"
            onClick={() => onChange([])}
          >
            Clear {label.toLowerCase()}
          </button>
        </div>
      )}
    </Command>
  );
}
