"use client";

import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group";

/** A quiet choice at the right of a panel's title; the chosen one is in ink. */
export function PanelChoice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}) {
  return (
    <ToggleGroup
      type="single"
      aria-label={label}
      className="flex-wrap"
      value={value}
      onValueChange={(next: string) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <ToggleGroupItem
          key={option.value}
          value={option.value}
          className="h-6 min-w-6 px-1.5 text-note font-normal text-ink-3 hover:bg-sunken hover:text-ink data-[state=on]:bg-transparent data-[state=on]:text-ink"
        >
          {option.label}
        </ToggleGroupItem>
      ))}
    </ToggleGroup>
  );
}

/** A link among a panel's tools. */
export function PanelLink({ href, children, download }: { href: string; children: string; download?: boolean }) {
  return (
    <a
      href={href}
      download={download}
      className="inline-flex min-h-6 items-center rounded-md px-1.5 text-note text-ink-3 hover:bg-sunken hover:text-ink"
    >
      {children}
    </a>
  );
}
