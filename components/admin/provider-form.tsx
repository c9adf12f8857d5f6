"use client";

import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import { useFormRequest } from "@/components/account/use-form-request";
import { CopyCommand } from "@/components/layout/copy-command";
import { Button } from "@/components/ui/button";
import { LabelledInput } from "@/components/ui/labelled-input";
import type { IdentityProviderItem, RoleRule, TeamChoice } from "@/lib/auth/types";
import { ProviderRules } from "./provider-rules";

const FIELDS = ["label", "issuer", "clientId", "clientSecret", "domains", "roleClaim"];

/** A name for addresses and lists, made of what people call it. */
const idOf = (label: string): string =>
  label
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 40);

const listOf = (text = ""): string[] =>
  text
    .split(/[\s,]+/)
    .map((part) => part.toLowerCase())
    .filter((part) => part !== "");

/** Adds a provider, or changes one; its issuer and its secret are not shown or changed by accident. */
export function ProviderForm({
  provider,
  teams,
  onDone,
}: {
  provider: IdentityProviderItem | null;
  teams: readonly TeamChoice[];
  onDone: () => void;
}) {
  const [rules, setRules] = useState<RoleRule[]>(provider?.rules ?? [{ value: null, role: "viewer", teamIds: [] }]);
  const [trustsEmail, setTrustsEmail] = useState(provider?.trustsEmail ?? false);
  const base = "/api/v1/identity-providers";
  const { at, isPending, send, whole } = useFormRequest(
    provider === null ? base : `${base}/${provider.id}`,
    FIELDS,
    onDone,
    provider === null ? "POST" : "PATCH",
  );
  return (
    <SentForm
      label={provider === null ? "Add a provider" : "Change the provider"}
      className="grid gap-4"
      onSend={({ clientId, clientSecret, domains, issuer, label = "", roleClaim }) =>
        send({
          ...(provider === null && { id: idOf(label), issuer }),
          ...((provider === null || clientSecret !== "") && { clientSecret }),
          label,
          clientId,
          domains: listOf(domains),
          roleClaim: roleClaim === "" ? null : roleClaim,
          trustsEmail,
          rules,
        })
      }
    >
      <LabelledInput
        name="label"
        label="Name"
        hint="As the button of the sign-in says it, such as Okta."
        required
        defaultValue={provider?.label}
        problem={at("label")}
      />
      {provider === null ? (
        <LabelledInput
          name="issuer"
          label="Issuer"
          type="url"
          hint="The address in front of /.well-known/openid-configuration. It cannot be changed later."
          required
          problem={at("issuer")}
        />
      ) : (
        <p className="text-sm [overflow-wrap:anywhere] text-ink-2">Issuer: {provider.issuer}</p>
      )}
      <LabelledInput
        name="clientId"
        label="Client id"
        required
        defaultValue={provider?.clientId}
        problem={at("clientId")}
      />
      <LabelledInput
        name="clientSecret"
        label="Client secret"
        type="password"
        {...(provider !== null && { hint: "Leave it empty to keep the one that is stored." })}
        required={provider === null}
        problem={at("clientSecret")}
      />
      <LabelledInput
        name="domains"
        label="Domains"
        hint="Of the e-mail addresses that come in, separated by commas. Nobody else does."
        required
        defaultValue={provider?.domains.join(", ")}
        problem={at("domains")}
      />
      <label className="flex items-baseline gap-2 text-sm">
        <input
          type="checkbox"
          checked={trustsEmail}
          onChange={({ currentTarget: { checked } }) => setTrustsEmail(checked)}
          className="translate-y-0.5 accent-brand"
        />
        <span>
          The provider verifies addresses without saying so
          <span className="block text-note text-ink-3">Microsoft Entra ID does.</span>
        </span>
      </label>
      <LabelledInput
        name="roleClaim"
        label="Claim with groups or roles"
        hint="Such as groups, or realm_access.roles of Keycloak. Without it only rules for everybody fit."
        defaultValue={provider?.roleClaim ?? ""}
        problem={at("roleClaim")}
      />
      <ProviderRules rules={rules} teams={teams} onChange={setRules} />
      <div className="grid gap-1.5">
        <p className="text-sm text-ink-2">Enter this address at the provider, as where it sends people back to:</p>
        <CopyCommand lines={[`${window.location.origin}/sign-in/return`]} label="the address" />
      </div>
      <FormAlert message={whole} />
      <Button type="submit" disabled={isPending} className="w-fit">
        {isPending ? "Asking the provider…" : provider === null ? "Add the provider" : "Save"}
      </Button>
    </SentForm>
  );
}
