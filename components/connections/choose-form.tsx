"use client";

import { useConnectionChange } from "@/components/query/use-connections";
import { Button } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ConnectionItem } from "@/lib/connections/types";
import { CHOICE_FIELDS, choicesAsText, toChoices } from "./connect-fields";
import { FormLines } from "./form-lines";
import { FormProblem, wrongOf } from "./form-problem";

/** Which repositories of a connected account are read, and how far back. */
export function ChooseForm({ connection, onDone }: { connection: ConnectionItem; onDone: () => void }) {
  const change = useConnectionChange(connection.id);
  const wrong = wrongOf(change.error);
  return (
    <form
      noValidate
      className="mb-4 grid gap-3 rounded-lg border bg-sunken p-3"
      aria-label={`What is read of ${connection.account}`}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate(toChoices(new FormData(event.currentTarget)), { onSuccess: onDone });
      }}
    >
      <div className="grid gap-3 sm:grid-cols-3">
        <FormLines lines={CHOICE_FIELDS} values={choicesAsText(connection)} wrong={wrong} />
      </div>
      <p className="text-note text-ink-3">What was read stays: a repository that is no longer chosen is not read on.</p>
      <FormProblem wrong={wrong} />
      <div className="flex gap-2">
        <SubmitButton size="sm" disabled={change.isPending}>
          Read this
        </SubmitButton>
        <Button type="button" size="sm" variant="outline" onClick={onDone}>
          Leave it as it is
        </Button>
      </div>
    </form>
  );
}
