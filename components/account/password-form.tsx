"use client";

import { useRef, useState } from "react";
import { queryKeys } from "@/components/query/query-keys";
import { useRefresh } from "@/components/query/use-account";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { FormAlert } from "./form-alert";
import { NewPasswordField } from "./new-password-field";
import { SentForm } from "./sent-form";
import { useFormRequest } from "./use-form-request";

/** Changes one's own password. */
export function PasswordForm() {
  const form = useRef<HTMLFormElement>(null);
  const [isDone, setDone] = useState(false);
  const refresh = useRefresh([queryKeys.sessions]);
  const { at, isPending, send, whole } = useFormRequest(
    "/api/v1/me/password",
    ["current", "password"],
    () => {
      form.current?.reset();
      setDone(true);
      refresh();
    },
    "PUT",
  );
  return (
    <SentForm
      ref={form}
      label="Password"
      className="mt-2 grid max-w-md gap-3"
      onSend={(texts) => {
        setDone(false);
        send(texts);
      }}
    >
      <LabelledInput
        name="current"
        label="Current password"
        type="password"
        autoComplete="current-password"
        required
        problem={at("current")}
      />
      <NewPasswordField label="New password" problem={at("password")} />
      <FormAlert message={whole} />
      <div className="flex items-center gap-3">
        <SubmitButton disabled={isPending} className="w-fit">
          {isPending ? "Saving…" : "Change the password"}
        </SubmitButton>
        <span role="status" className="text-sm text-good">
          {isDone && "Changed."}
        </span>
      </div>
    </SentForm>
  );
}
