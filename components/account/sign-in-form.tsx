"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { enter } from "./enter";
import { FormAlert } from "./form-alert";
import { SentForm } from "./sent-form";
import { useFormRequest } from "./use-form-request";

interface Answer {
  needsCode: boolean;
}

/** Address and password, and then a code where a second factor is set up. */
export function SignInForm() {
  const [needsCode, setNeedsCode] = useState(false);
  return needsCode ? (
    <CodeForm onBack={() => setNeedsCode(false)} />
  ) : (
    <PasswordForm onCode={() => setNeedsCode(true)} />
  );
}

function PasswordForm({ onCode }: { onCode: () => void }) {
  const [notKept, setNotKept] = useState<string | null>(null);
  const { at, isPending, send, whole } = useFormRequest<Answer>(
    "/api/auth/sign-in",
    ["email", "password"],
    async ({ needsCode }) => (needsCode ? onCode() : setNotKept(await enter())),
  );
  return (
    <SentForm label="Sign in" onSend={send}>
      <LabelledInput
        name="email"
        label="E-mail address"
        type="email"
        inputMode="email"
        autoComplete="username"
        required
        problem={at("email")}
      />
      <LabelledInput
        name="password"
        label="Password"
        type="password"
        autoComplete="current-password"
        required
        problem={at("password")}
      />
      <FormAlert message={whole ?? notKept} />
      <SubmitButton disabled={isPending}>{isPending ? "Signing in…" : "Sign in"}</SubmitButton>
      <p className="text-note text-ink-3">
        Forgot the password? An owner or admin makes a link with which you choose a new one.
      </p>
    </SentForm>
  );
}

function CodeForm({ onBack }: { onBack: () => void }) {
  const [notKept, setNotKept] = useState<string | null>(null);
  const { at, isPending, send, whole } = useFormRequest<Answer>("/api/auth/sign-in/code", ["code"], async () => {
    setNotKept(await enter());
  });
  return (
    <SentForm label="Second factor" onSend={send}>
      <LabelledInput
        // What was focused is gone with the form before.
        autoFocus
        name="code"
        label="Code"
        hint="The six figures that your authenticator shows now, or one of your backup codes."
        inputMode="text"
        autoComplete="one-time-code"
        required
        problem={at("code")}
      />
      <FormAlert message={whole ?? notKept} />
      <div className="flex gap-2">
        <SubmitButton disabled={isPending}>{isPending ? "Checking…" : "Confirm"}</SubmitButton>
        <Button type="button" variant="ghost" onClick={onBack}>
          Back
        </Button>
      </div>
    </SentForm>
  );
}
