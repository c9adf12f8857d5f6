"use client";

import { useId, useState } from "react";
import { ProblemError } from "@/components/query/fetch-json";
import { isActive, useImports, useStartImport } from "@/components/query/use-imports";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { fieldAt, IMPORT_FIELDS, type ImportField, toImportRequest } from "./import-fields";

/** Starts an import. What is wrong with it shows at the field, whether the server says so at once or on reading. */
export function ImportForm() {
  const [startedId, setStartedId] = useState<string | null>(null);
  const start = useStartImport();
  const imports = useImports();
  const started = imports.data?.items.find(({ id }) => id === startedId);
  const busy = start.isPending || (started !== undefined && isActive(started));
  const problem = busy ? null : problemOf(start.error, started?.error ?? null);
  const wrongField = fieldAt(problem?.pointer ?? null);
  return (
    <form
      noValidate
      className="mt-3 grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        setStartedId(null);
        start.mutate(toImportRequest(new FormData(event.currentTarget)), { onSuccess: ({ id }) => setStartedId(id) });
      }}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        {IMPORT_FIELDS.map((field) => (
          <ImportInput
            key={field.name}
            {...field}
            problem={problem !== null && wrongField === field.name ? problem.message : null}
          />
        ))}
      </div>
      {problem !== null && wrongField === null && (
        <p role="alert" className="text-bad">
          {problem.message}
        </p>
      )}
      <Button type="submit" disabled={busy} className="w-fit">
        {busy ? "Importing…" : "Import"}
      </Button>
    </form>
  );
}

interface Problem {
  message: string;
  pointer: string | null;
}

function problemOf(refusal: Error | null, failure: Problem | null): Problem | null {
  if (refusal === null) return failure;
  return { message: refusal.message, pointer: refusal instanceof ProblemError ? refusal.pointer : null };
}

function ImportInput({
  name,
  label,
  hint,
  placeholder,
  problem,
}: {
  name: ImportField;
  label: string;
  hint: string;
  placeholder: string;
  problem: string | null;
}) {
  const id = useId();
  const required = name === "path";
  return (
    <div className={required ? "sm:col-span-2" : undefined}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {!required && <span className="font-normal text-ink-3"> (optional)</span>}
      </label>
      <Input
        id={id}
        name={name}
        placeholder={placeholder}
        required={required}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-hint${problem === null ? "" : ` ${id}-problem`}`}
        className="mt-1"
      />
      {problem !== null && (
        <p id={`${id}-problem`} role="alert" className="mt-1 text-note text-bad [overflow-wrap:anywhere]">
          {problem}
        </p>
      )}
      <p id={`${id}-hint`} className="mt-1 text-note text-ink-3">
        {hint}
      </p>
    </div>
  );
}
