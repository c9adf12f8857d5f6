"use client";

import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { ProblemError } from "@/components/query/fetch-json";
import { useChange } from "@/components/query/use-account";
import { useRulePreview } from "@/components/query/use-rules";
import { SubmitButton } from "@/components/ui/submit-button";
import type { OwnRules } from "@/lib/core/own-rules";
import type { Rules } from "@/lib/settings/types";
import { ApplyRules } from "./apply-rules";
import { PreviewResult } from "./preview-result";
import { draftRow, fromDraft, problemOf, type RuleDraft, toDraft } from "./rule-draft";
import { RuleFields } from "./rule-fields";

/** What was last asked to be looked at: the same text is the same rules. */
interface Asked {
  id: string;
  text: string;
}

/** Edits an organisation's rules, shows what they would change, and applies them. */
export function RulesForm({
  org,
  version,
  current,
  start,
  account,
  agents,
}: {
  org: string;
  version: number;
  /** The rules that hold. */
  current: OwnRules;
  /** The rules that editing begins with. */
  start: OwnRules;
  /** An account that somebody came to say something about. */
  account: string | null;
  agents: Rules["agents"];
}) {
  const [draft, setDraft] = useState<RuleDraft>(() => withAccount(toDraft(start), account));
  const [asked, setAsked] = useState<Asked | null>(null);
  const preview = useChange<{ id: string }>([]);
  const rules = fromDraft(draft);
  const text = JSON.stringify(rules);
  const looked = asked?.text === text ? asked.id : null;
  const { data: state } = useRulePreview(looked);
  const { error } = preview;
  const problem = (kind: keyof OwnRules) => (error instanceof ProblemError ? problemOf(kind, error) : null);
  const isTold = (Object.keys(current) as (keyof OwnRules)[]).some((kind) => problem(kind) !== null);
  const isSame = text === JSON.stringify(fromDraft(toDraft(current)));
  const isLooking = preview.isPending || (looked !== null && state?.state !== "done" && state?.state !== "failed");
  return (
    <>
      <form
        noValidate
        method="post"
        aria-label="Rules"
        className="grid gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          preview.mutate(
            { url: "/api/v1/rules/previews", method: "POST", body: { org, rules } },
            { onSuccess: ({ id }) => setAsked({ id, text }) },
          );
        }}
      >
        <RuleFields
          draft={draft}
          agents={agents}
          problem={problem}
          onChange={(part) => {
            preview.reset();
            setDraft((before) => ({ ...before, ...part }));
          }}
        />
        <div className="grid gap-3 border-t pt-4">
          <FormAlert message={error !== null && !isTold ? error.message : null} />
          <div className="flex flex-wrap items-center gap-3">
            <SubmitButton
              variant={looked !== null && state?.state === "done" ? "outline" : "default"}
              disabled={isSame || isLooking}
            >
              {isLooking ? "Looking…" : "See what would change"}
            </SubmitButton>
            {isSame && <span className="text-sm text-ink-3">Nothing is changed yet.</span>}
            {isLooking && state?.total != null && (
              <span role="status" className="num text-sm text-ink-2">
                {state.done} of {state.total} repositories
              </span>
            )}
          </div>
          {looked !== null && state?.state === "failed" && <FormAlert message={state.error} />}
        </div>
      </form>
      {looked !== null && state?.result != null && (
        <PreviewResult preview={state.result}>
          <ApplyRules org={org} rules={rules} version={version} />
        </PreviewResult>
      )}
    </>
  );
}

/** An account that is to be told about, unless there is a rule of it. */
function withAccount(draft: RuleDraft, account: string | null): RuleDraft {
  if (account === null || draft.accounts.some(({ values }) => values.account === account.toLowerCase())) return draft;
  return { ...draft, accounts: [...draft.accounts, draftRow({ account, is: "automation" })] };
}
