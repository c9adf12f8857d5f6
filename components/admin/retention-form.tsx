"use client";

import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import { useFormRequest } from "@/components/account/use-form-request";
import { queryKeys } from "@/components/query/query-keys";
import { useRefresh } from "@/components/query/use-account";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Retention } from "@/lib/settings/types";

const KINDS = [
  ["deliveries", "Days to keep deliveries of webhooks", "The bodies as GitHub sent them, with names and addresses."],
  ["operations", "Days to keep imports that ended", "Which folders were imported, and what was found."],
] as const;

/** Empty is for ever; anything that is no number goes to the server as it is, which says what is wrong. */
const daysOf = (text = ""): unknown => (text.trim() === "" ? null : /^\d+$/.test(text.trim()) ? Number(text) : text);

/** For how many days each kind of data is kept. */
export function RetentionForm({ retention }: { retention: Retention }) {
  const [isSaved, setSaved] = useState(false);
  const refresh = useRefresh([queryKeys.retention]);
  const { at, isPending, send, whole } = useFormRequest(
    "/api/v1/settings/retention",
    KINDS.map(([kind]) => kind),
    () => {
      setSaved(true);
      refresh();
    },
    "PUT",
  );
  return (
    <SentForm
      label="How long data is kept"
      className="mt-1 grid max-w-md gap-4"
      onSend={(texts) => {
        setSaved(false);
        send(Object.fromEntries(KINDS.map(([kind]) => [kind, daysOf(texts[kind])])));
      }}
    >
      {KINDS.map(([kind, label, what]) => (
        <LabelledInput
          key={kind}
          name={kind}
          label={label}
          hint={`${what} Empty: for ever.`}
          inputMode="numeric"
          defaultValue={retention[kind] ?? ""}
          problem={at(kind)}
        />
      ))}
      <FormAlert message={whole} />
      <div className="flex items-center gap-3">
        <SubmitButton disabled={isPending}>{isPending ? "Saving…" : "Save"}</SubmitButton>
        {isSaved && (
          <p role="status" className="text-sm text-ink-2">
            Saved.
          </p>
        )}
      </div>
    </SentForm>
  );
}
