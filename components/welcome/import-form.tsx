"use client";

import { useState } from "react";
import { ProblemError } from "@/components/query/fetch-json";
import { isActive, useImports, useStartImport } from "@/components/query/use-imports";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { fieldAt, IMPORT_FIELDS, toImportRequest } from "./import-fields";

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
          <LabelledInput
            key={field.name}
            {...field}
            required={field.name === "path"}
            className={field.name === "path" ? "sm:col-span-2" : undefined}
            problem={problem !== null && wrongField === field.name ? problem.message : null}
          />
        ))}
      </div>
      {problem !== null && wrongField === null && (
        <p role="alert" className="text-bad">
          {problem.message}
        </p>
      )}
      <SubmitButton disabled={busy} className="w-fit">
        {busy ? "Importing…" : "Import"}
      </SubmitButton>
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
