"use client";

import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { FormAlert } from "./form-alert";
import { NewPasswordField } from "./new-password-field";
import { SentForm } from "./sent-form";
import { useFormRequest } from "./use-form-request";

/** Makes the first owner. */
export function SetUpForm() {
  const { at, isPending, send, whole } = useFormRequest("/api/auth/set-up", ["code", "name", "email", "password"], () =>
    window.location.assign("/"),
  );
  return (
    <SentForm label="Set up" onSend={send}>
      <LabelledInput
        name="code"
        label="Code"
        hint="The server printed it when it started: three groups of four letters and figures."
        placeholder="ABCD-EFGH-JKLM"
        autoCapitalize="characters"
        required
        problem={at("code")}
      />
      <LabelledInput name="name" label="Your name" autoComplete="name" required problem={at("name")} />
      <LabelledInput
        name="email"
        label="E-mail address"
        hint="To sign in with; nothing is sent to it."
        type="email"
        inputMode="email"
        autoComplete="username"
        required
        problem={at("email")}
      />
      <NewPasswordField problem={at("password")} />
      <FormAlert message={whole} />
      <SubmitButton disabled={isPending}>{isPending ? "Making the owner…" : "Make the owner"}</SubmitButton>
    </SentForm>
  );
}
