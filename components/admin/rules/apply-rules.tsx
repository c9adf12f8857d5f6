"use client";

import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import { ProblemError } from "@/components/query/fetch-json";
import { useChange } from "@/components/query/use-account";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";

/** Makes what was looked at the rules that hold, with the reason. */
export function ApplyRules({ org, rules, version }: { org: string; rules: object; version: number }) {
  const apply = useChange<{ version: number }>([["rules"], ["data-health"], ["metrics"]]);
  const { error } = apply;
  const isWhy = error instanceof ProblemError && error.pointer === "/why";
  return (
    <SentForm
      label="Apply the rules"
      className="mt-2 grid max-w-xl gap-3"
      onSend={({ why }) =>
        apply.mutate({ url: "/api/v1/rules", method: "PUT", body: { org, rules, why, basedOn: version } })
      }
    >
      <LabelledInput
        required
        name="why"
        label="Why"
        hint="It stands in the list of versions and in the audit log."
        maxLength={500}
        problem={isWhy ? error.message : null}
      />
      <FormAlert message={error === null || isWhy ? null : error.message} />
      <div>
        <SubmitButton disabled={apply.isPending}>
          {apply.isPending ? "Applying…" : `Apply as version ${version + 1}`}
        </SubmitButton>
      </div>
    </SentForm>
  );
}
