"use client";

import { X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { type DraftRow, draftRow } from "./rule-draft";

/** One field of a rule: text, or one of some values. */
export interface RuleField {
  name: string;
  label: string;
  placeholder?: string;
  options?: readonly (readonly [value: string, text: string])[];
}

const SELECT = "h-9 w-full min-w-0 rounded-md border border-line-control bg-panel px-2 text-sm";

/** Rules of one kind, one below the other. */
export function RuleRows({
  legend,
  hint,
  noun,
  fields,
  rows,
  problem,
  onChange,
}: {
  legend: string;
  hint: string;
  /** What one of them is called, for whoever does not see the page. */
  noun: string;
  fields: readonly RuleField[];
  rows: readonly DraftRow[];
  problem: string | null;
  onChange: (rows: DraftRow[]) => void;
}) {
  const set = (key: number, name: string, value: string) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, values: { ...row.values, [name]: value } } : row)));
  const empty = () => draftRow(Object.fromEntries(fields.map(({ name, options }) => [name, options?.[0]?.[0] ?? ""])));
  return (
    <fieldset className="grid gap-2">
      <legend className="text-sm font-medium">{legend}</legend>
      <p className="max-w-prose text-note text-ink-3">{hint}</p>
      {rows.map((row, index) => (
        <div key={row.key} className="flex items-start gap-2">
          <div className="grid min-w-0 flex-1 gap-2 sm:auto-cols-fr sm:grid-flow-col">
            {fields.map(({ label, name, options, placeholder }) =>
              options === undefined ? (
                <Input
                  key={name}
                  aria-label={`${noun} ${index + 1}: ${label}`}
                  placeholder={placeholder}
                  autoComplete="off"
                  spellCheck={false}
                  value={row.values[name] ?? ""}
                  onChange={({ currentTarget: { value } }) => set(row.key, name, value)}
                />
              ) : (
                <select
                  key={name}
                  aria-label={`${noun} ${index + 1}: ${label}`}
                  className={SELECT}
                  value={row.values[name] ?? ""}
                  onChange={({ currentTarget: { value } }) => set(row.key, name, value)}
                >
                  {options.map(([value, text]) => (
                    <option key={value} value={value}>
                      {text}
                    </option>
                  ))}
                </select>
              ),
            )}
          </div>
          <Button
            type="button"
            variant="ghost"
            size="icon"
            aria-label={`Remove ${noun.toLowerCase()} ${index + 1}`}
            onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      {problem !== null && (
        <p role="alert" className="text-sm text-bad">
          {problem}
        </p>
      )}
      <div>
        <Button type="button" variant="outline" size="sm" onClick={() => onChange([...rows, empty()])}>
          Add {noun.toLowerCase()}
        </Button>
      </div>
    </fieldset>
  );
}
