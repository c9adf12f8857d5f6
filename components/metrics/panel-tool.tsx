"use client";

import { useId } from "react";

/** A quiet choice at the right of a panel's title; the chosen one is in ink. Arrow keys walk it. */
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
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className="flex flex-wrap items-center">
      {options.map((option) => (
        <label
          key={option.value}
          className="relative inline-flex h-6 min-w-6 items-center justify-center rounded-md px-1.5 text-note whitespace-nowrap text-ink-3 hover:bg-sunken hover:text-ink has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-brand"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none outline-none"
          />
          {option.label}
        </label>
      ))}
    </div>
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
