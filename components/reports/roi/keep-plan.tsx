"use client";

import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { useScenarioKeeping } from "@/components/query/use-scenarios";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ModelInputs } from "@/lib/roi/engine/inputs";
import type { AssumptionPlace } from "./assumption-dialog";

/** Keeps what a reader turned under a name; the same name again is its next version. */
export function KeepPlan({
  place: { org, team },
  inputs,
  currency,
}: {
  place: AssumptionPlace;
  inputs: ModelInputs;
  currency: string;
}) {
  const [name, setName] = useState("");
  const [why, setWhy] = useState("");
  const keeping = useScenarioKeeping();
  return (
    <form
      noValidate
      method="post"
      aria-label="Keep as a plan"
      className="mt-3 grid gap-3 border-t pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        keeping.mutate({ org, team, name: name.trim(), why: why.trim(), currency, inputs });
      }}
    >
      <div className="grid gap-3 @md:grid-cols-2">
        <LabelledInput
          required
          name="plan"
          label="Keep it as"
          placeholder="Half the review"
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
          problem={null}
        />
        <LabelledInput
          required
          name="about"
          label="What it is about"
          placeholder="If tests review the small ones"
          maxLength={500}
          value={why}
          onChange={(event) => setWhy(event.target.value)}
          problem={null}
        />
      </div>
      <FormAlert message={keeping.error?.message ?? null} />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton size="sm" disabled={keeping.isPending || name.trim() === "" || why.trim() === ""}>
          {keeping.isPending ? "Keeping…" : "Keep as a plan"}
        </SubmitButton>
        {keeping.data !== undefined && !keeping.isPending && (
          <p role="status" className="text-note text-ink-2">
            {`Kept, version ${keeping.data.version}: below it can be held against others.`}
          </p>
        )}
      </div>
    </form>
  );
}
