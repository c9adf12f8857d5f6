"use client";

import { useId, useRef } from "react";
import { ProblemError } from "@/components/query/fetch-json";
import { useConnect } from "@/components/query/use-connections";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { formatList, formatQuantity } from "@/lib/core/format";
import { CONNECT_FIELDS, fieldAt, toConnectRequest } from "./connect-fields";
import { WebhookSecret } from "./webhook-secret";

/** Connects an account. What is wrong with it shows at the field. */
export function ConnectForm() {
  const form = useRef<HTMLFormElement>(null);
  const connect = useConnect();
  const { data, error, isPending } = connect;
  const pointer = error instanceof ProblemError ? error.pointer : null;
  const wrongField = fieldAt(pointer);
  return (
    <>
      <form
        ref={form}
        noValidate
        className="mt-3 grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const request = toConnectRequest(new FormData(event.currentTarget));
          connect.mutate(request, { onSuccess: () => form.current?.reset() });
        }}
      >
        <div className="grid gap-3 sm:grid-cols-2">
          {CONNECT_FIELDS.map((field) => (
            <ConnectInput
              key={field.name}
              {...field}
              problem={error !== null && wrongField === field.name ? error.message : null}
            />
          ))}
        </div>
        {error !== null && wrongField === null && (
          <p role="alert" className="text-bad">
            {error.message}
          </p>
        )}
        <Button type="submit" disabled={isPending} className="w-fit">
          {isPending ? "Trying what it may read…" : "Connect"}
        </Button>
      </form>
      {data !== undefined && (
        <div role="status" className="mt-4 border-t pt-3">
          <p>
            {data.account} is connected: {formatQuantity(data.selected, "repository", "repositories")} of{" "}
            {data.repositories}. The first of its history shows within minutes.
          </p>
          {data.missingPermissions.length > 0 && (
            <p className="text-warn">The token lacks {formatList(data.missingPermissions)}; that part is left out.</p>
          )}
          {data.webhookSecret !== null && <WebhookSecret secret={data.webhookSecret} />}
        </div>
      )}
    </>
  );
}

function ConnectInput({
  name,
  label,
  hint,
  placeholder,
  optional,
  secret = false,
  problem,
}: (typeof CONNECT_FIELDS)[number] & { problem: string | null }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {optional && <span className="font-normal text-ink-3"> (optional)</span>}
      </label>
      <Input
        id={id}
        name={name}
        type={secret ? "password" : "text"}
        inputMode={name === "depthDays" ? "numeric" : undefined}
        placeholder={placeholder}
        required={!optional}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? `${id}-hint` : `${id}-problem ${id}-hint`}
        className="mt-1"
      />
      {problem !== null && (
        <p id={`${id}-problem`} role="alert" className="mt-1 text-note text-bad">
          {problem}
        </p>
      )}
      <p id={`${id}-hint`} className="mt-1 text-note text-ink-3">
        {hint}
      </p>
    </div>
  );
}
