"use client";

import { useId } from "react";
import { fileText } from "@/lib/core/file-text";

/** The organisation that a file is about; nothing where there is only one. */
export function OrgChoice({
  orgs,
  value,
  onChange,
}: {
  orgs: readonly string[];
  value: string;
  onChange: (org: string) => void;
}) {
  if (orgs.length < 2) return null;
  return (
    <label className="grid w-fit gap-1 text-sm font-medium">
      Organisation
      <select
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-9 rounded-md border border-line-control bg-panel px-2 text-sm font-normal"
      >
        {orgs.map((slug) => (
          <option key={slug}>{slug}</option>
        ))}
      </select>
    </label>
  );
}

/** The text of a CSV file, typed, pasted or taken from a file. */
export function CsvField({
  label,
  hint,
  example,
  rows,
  value,
  onChange,
}: {
  label: string;
  hint: string;
  example: string;
  rows: number;
  value: string;
  onChange: (csv: string) => void;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={`${id}-csv`} className="text-sm font-medium">
        {label}
      </label>
      <textarea
        id={`${id}-csv`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        rows={rows}
        spellCheck={false}
        placeholder={example}
        aria-describedby={`${id}-hint`}
        className="num mt-1 w-full rounded-md border border-input bg-transparent px-3 py-2 font-mono text-note outline-none placeholder:text-ink-3 focus-visible:border-ring focus-visible:ring-[3px] focus-visible:ring-ring/50"
      />
      <p id={`${id}-hint`} className="mt-1 text-note text-ink-3">
        {hint}
      </p>
      <label className="mt-2 inline-flex min-h-6 cursor-pointer items-center gap-2 text-note underline underline-offset-3 has-focus-visible:outline-2">
        Take it from a file
        <input
          type="file"
          accept=".csv,text/csv"
          className="sr-only"
          onChange={async (event) => {
            const [file] = event.target.files ?? [];
            if (file !== undefined) onChange(fileText(new Uint8Array(await file.arrayBuffer())));
            event.target.value = "";
          }}
        />
      </label>
    </div>
  );
}
