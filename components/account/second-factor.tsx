"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { CopyCommand } from "@/components/layout/copy-command";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { FormAlert } from "./form-alert";
import { SentForm } from "./sent-form";
import { useFormRequest } from "./use-form-request";

interface Begun {
  uri: string;
  backupCodes: string[];
}

/** Sets the second factor up, or takes it away; either asks for the password. */
export function SecondFactor({ has }: { has: boolean }) {
  const router = useRouter();
  const [begun, setBegun] = useState<Begun | null>(null);
  const done = () => {
    setBegun(null);
    router.refresh();
  };
  if (begun !== null) return <Confirm begun={begun} onDone={done} />;
  return <WithPassword has={has} onBegun={setBegun} onRemoved={done} />;
}

function WithPassword({
  has,
  onBegun,
  onRemoved,
}: {
  has: boolean;
  onBegun: (begun: Begun) => void;
  onRemoved: () => void;
}) {
  const { at, isPending, send, whole } = useFormRequest<Begun>(
    "/api/v1/me/second-factor",
    ["password"],
    (answer) => (has ? onRemoved() : onBegun(answer)),
    has ? "DELETE" : "POST",
  );
  return (
    <SentForm label="Second factor" className="mt-2 grid max-w-md gap-3" onSend={send}>
      <p className={has ? "text-good" : "text-ink-2"}>{has ? "It is set up." : "There is none."}</p>
      <LabelledInput
        name="password"
        label="Your password"
        type="password"
        autoComplete="current-password"
        required
        problem={at("password")}
      />
      <FormAlert message={whole} />
      <SubmitButton disabled={isPending} variant={has ? "outline" : "default"} className="w-fit">
        {has ? "Take it away" : "Set it up"}
      </SubmitButton>
    </SentForm>
  );
}

/** The secret of an `otpauth:` address, in groups, for whoever types it. */
function secretIn(uri: string): string {
  const secret = URL.canParse(uri) ? new URL(uri).searchParams.get("secret") : null;
  return (secret ?? "").replaceAll(/(.{4})(?=.)/g, "$1 ");
}

function Confirm({ begun: { backupCodes, uri }, onDone }: { begun: Begun; onDone: () => void }) {
  const { at, isPending, send, whole } = useFormRequest("/api/v1/me/second-factor", ["code"], onDone, "PUT");
  return (
    <div className="mt-2 grid max-w-md gap-4">
      <div className="grid gap-2">
        <p>
          <a href={uri} className="font-medium underline underline-offset-3">
            Open it in your authenticator
          </a>
          , or enter this key there:
        </p>
        <CopyCommand lines={[secretIn(uri)]} label="the key for the authenticator" />
      </div>
      <div className="grid gap-2">
        <p>
          Keep these codes where your phone is not. Each of them lets you in once when it is lost; they are not shown
          again.
        </p>
        <CopyCommand lines={backupCodes} label="the backup codes" />
      </div>
      <SentForm label="First code" onSend={send}>
        <LabelledInput
          name="code"
          label="Code"
          hint="The six figures that it shows now."
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          problem={at("code")}
        />
        <FormAlert message={whole} />
        <SubmitButton disabled={isPending} className="w-fit">
          Confirm
        </SubmitButton>
      </SentForm>
    </div>
  );
}
