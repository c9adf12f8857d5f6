"use client";

import { useQuery } from "@tanstack/react-query";
import { AuthFrame } from "@/components/account/auth-frame";
import { fetchJson } from "@/components/query/fetch-json";
import { Button } from "@/components/ui/button";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { useInBrowser } from "@/components/ui/use-in-browser";
import type { InvitationItem } from "@/lib/auth/types";
import { FormAlert } from "./form-alert";
import { NewPasswordField } from "./new-password-field";
import { ROLE_WORDS } from "./role-words";
import { SentForm } from "./sent-form";
import { useFormRequest } from "./use-form-request";

type Invitation = Pick<InvitationItem, "email" | "purpose" | "role">;

/** What an invitation link leads to. Its token is behind the #, which browsers send to nobody. */
export function JoinForm() {
  const inBrowser = useInBrowser();
  const token = inBrowser ? window.location.hash.slice(1) : null;
  const { data, error } = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => fetchJson<Invitation>("/api/auth/invitations", { body: { token } }),
    enabled: token !== null && token !== "",
    retry: false,
  });
  if (error !== null || token === "") {
    return (
      <AuthFrame title="This link does not work">
        <p className="text-ink-2">
          {error?.message ?? "The address is not whole: open the link as you were given it."} Ask whoever sent it for a
          new one.
        </p>
        <Button asChild variant="outline" className="mt-4">
          <a href="/sign-in">Sign in</a>
        </Button>
      </AuthFrame>
    );
  }
  if (data === undefined || token === null) {
    return (
      <AuthFrame title="One moment">
        <p className="text-ink-2">Looking at the link…</p>
      </AuthFrame>
    );
  }
  return <JoinWith token={token} invitation={data} />;
}

function JoinWith({ invitation: { email, purpose, role }, token }: { invitation: Invitation; token: string }) {
  const isNew = purpose === "join";
  const { at, isPending, send, whole } = useFormRequest(
    "/api/auth/invitations",
    ["name", "password"],
    // The token is used up; without it in the address, going back shows nothing stale.
    () => window.location.replace("/sign-in"),
    "PUT",
  );
  return (
    <AuthFrame
      title={isNew ? "Join Fleetgauge" : "Choose a new password"}
      lede={isNew ? `You were invited as ${ROLE_WORDS[role].label.toLowerCase()}.` : undefined}
    >
      <SentForm
        label={isNew ? "Join" : "New password"}
        onSend={(texts) => {
          send({ ...texts, token });
        }}
      >
        <p className="text-sm">
          <span className="text-ink-3">You sign in as</span>{" "}
          <span className="font-medium [overflow-wrap:anywhere]">{email}</span>
        </p>
        {/* Password managers keep the password under this name. */}
        <input type="hidden" autoComplete="username" value={email} readOnly />
        {isNew && <LabelledInput name="name" label="Your name" autoComplete="name" required problem={at("name")} />}
        <NewPasswordField problem={at("password")} />
        <FormAlert message={whole} />
        <SubmitButton disabled={isPending}>{isPending ? "Saving…" : isNew ? "Join" : "Save the password"}</SubmitButton>
      </SentForm>
    </AuthFrame>
  );
}
