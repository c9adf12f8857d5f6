"use client";

import { useRef, useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import { useFormRequest } from "@/components/account/use-form-request";
import { CopyCommand } from "@/components/layout/copy-command";
import { queryKeys } from "@/components/query/query-keys";
import { useRefresh } from "@/components/query/use-account";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { KeyScope } from "@/lib/auth/types";

const SCOPES: readonly (readonly [scope: KeyScope, means: string])[] = [
  ["reports:read", "metrics, pull requests, rollbacks"],
  ["exports:read", "download reports"],
  ["money:read", "costs and return"],
  ["health:read", "what is in and what is missing"],
  ["connections:manage", "connect and import"],
  ["events:write", "send events"],
  ["telemetry:read", "read /metrics for Prometheus"],
  ["audit:read", "read the audit log"],
];

const LIFETIMES = [
  [30, "30 days"],
  [90, "90 days"],
  [365, "A year"],
  [null, "Never"],
] as const;

interface MadeKey {
  id: string;
  key: string;
  /** Of a key that may send events. */
  signingSecret: string | null;
}

/** Makes a key and shows it, once. */
export function KeyForm() {
  const form = useRef<HTMLFormElement>(null);
  const [scopes, setScopes] = useState<KeyScope[]>(["reports:read"]);
  const [days, setDays] = useState<number | null>(90);
  const [made, setMade] = useState<MadeKey | null>(null);
  const refresh = useRefresh([queryKeys.apiKeys]);
  const { at, isPending, send, whole } = useFormRequest<MadeKey>("/api/v1/api-keys", ["name", "scopes"], (answer) => {
    setMade(answer);
    form.current?.reset();
    refresh();
  });
  const toggle = (scope: KeyScope, chosen: boolean) =>
    setScopes(chosen ? [...scopes, scope] : scopes.filter((other) => other !== scope));
  return (
    <>
      <SentForm
        ref={form}
        label="Make a key"
        className="mt-2 grid max-w-xl gap-4"
        onSend={(texts) => {
          setMade(null);
          send({ name: texts.name, scopes, expiresInDays: days });
        }}
      >
        <LabelledInput name="name" label="Name" hint="The program that will use it." required problem={at("name")} />
        <fieldset>
          <legend className="mb-1 text-sm font-medium">What it may do</legend>
          <div className="grid gap-x-4 gap-y-1.5 sm:grid-cols-2">
            {SCOPES.map(([scope, means]) => (
              <label key={scope} className="flex items-baseline gap-2 text-sm">
                <input
                  type="checkbox"
                  checked={scopes.includes(scope)}
                  onChange={(event) => toggle(scope, event.currentTarget.checked)}
                  className="translate-y-0.5 accent-brand"
                />
                <span>
                  {scope}
                  <span className="block text-note text-ink-3">{means}</span>
                </span>
              </label>
            ))}
          </div>
          <FormAlert message={at("scopes")} />
        </fieldset>
        <fieldset className="flex flex-wrap gap-x-4 gap-y-1.5">
          <legend className="mb-1 text-sm font-medium">It ends after</legend>
          {LIFETIMES.map(([value, label]) => (
            <label key={label} className="flex items-center gap-1.5 text-sm">
              <input
                type="radio"
                name="lifetime"
                checked={days === value}
                onChange={() => setDays(value)}
                className="accent-brand"
              />
              {label}
            </label>
          ))}
        </fieldset>
        <FormAlert message={whole} />
        <SubmitButton disabled={isPending} className="w-fit">
          {isPending ? "Making the key…" : "Make a key"}
        </SubmitButton>
      </SentForm>
      {made !== null && (
        <div role="status" className="mt-4 grid max-w-xl gap-2 border-t pt-3">
          <p className="text-ink-2">Copy the key now: it is not shown again.</p>
          <CopyCommand lines={[made.key]} label="the key" />
          {made.signingSecret !== null && (
            <>
              <p className="text-ink-2">
                A program that signs its webhooks (Standard Webhooks) instead of sending a key takes this address and
                this secret:
              </p>
              <CopyCommand lines={[`${location.origin}/api/v1/events?key=${made.id}`]} label="the address" />
              <CopyCommand lines={[made.signingSecret]} label="the signing secret" />
            </>
          )}
        </div>
      )}
    </>
  );
}
