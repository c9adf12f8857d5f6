"use client";

import { useId } from "react";

/** Patterns, one in a line. */
export function PatternField({
  label,
  hint,
  example,
  value,
  problem,
  onChange,
}: {
  label: string;
  hint: string;
  example: string;
  value: string;
  problem: string | null;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <p id={`${id}-hint`} className="max-w-prose text-note text-ink-3">
        {hint}
      </p>
      <textarea
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        rows={Math.min(12, Math.max(3, value.split("\n").length + 1))}
        spellCheck={false}
        placeholder={example}
        aria-describedby={`${id}-hint`}
        aria-invalid={problem !== null}
        className="w-full rounded-md border border-input bg-transparent px-3 py-2 font-mono text-note outline-none placeholder:text-ink-3 focus-visible:border-ring focus-visible:ring-[3px] focus-visible:ring-ring/50"
      />
      {problem !== null && (
        <p role="alert" className="text-sm text-bad">
          {problem}
        </p>
      )}
    </div>
  );
}
