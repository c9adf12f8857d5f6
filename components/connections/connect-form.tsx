"use client";

import { useRef } from "react";
import { ProblemError } from "@/components/query/fetch-json";
import { useConnect } from "@/components/query/use-connections";
import { Button } from "@/components/ui/button";
import { LabelledInput } from "@/components/ui/labelled-input";
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
          {CONNECT_FIELDS.map(({ hint, label, name, optional, placeholder, secret = false }) => (
            <LabelledInput
              key={name}
              name={name}
              label={label}
              hint={hint}
              placeholder={placeholder}
              required={!optional}
              type={secret ? "password" : "text"}
              inputMode={name === "depthDays" ? "numeric" : undefined}
              problem={error !== null && wrongField === name ? error.message : null}
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
