"use client";

import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import { useFormRequest } from "@/components/account/use-form-request";
import { CopyCommand } from "@/components/layout/copy-command";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { IdentityProviderItem, TeamChoice } from "@/lib/auth/types";
import { type EditedRule, FIRST_RULE, ProviderRules } from "./provider-rules";

const FIELDS = ["label", "issuer", "clientId", "clientSecret", "domains", "organizations", "roleClaim"];

const KINDS = [
  ["openid", "OpenID Connect"],
  ["github", "GitHub"],
] as const;

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
  const [rules, setRules] = useState<EditedRule[]>(() =>
    (provider?.rules ?? [FIRST_RULE]).map((rule, key) => ({ ...rule, key })),
  );
  const [trustsEmail, setTrustsEmail] = useState(provider?.trustsEmail ?? false);
  const [kind, setKind] = useState(provider?.kind ?? "openid");
  const isGitHub = kind === "github";
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
      onSend={({ clientId, clientSecret, domains, issuer, label, organizations, roleClaim = "" }) =>
        send({
          ...(provider === null && { kind, issuer }),
          ...((provider === null || clientSecret !== "") && { clientSecret }),
          label,
          clientId,
          domains: listOf(domains),
          organizations: listOf(organizations),
          roleClaim: roleClaim === "" ? null : roleClaim,
          trustsEmail,
          rules: rules.map(({ role, teamIds, value }) => ({ value, role, teamIds })),
        })
      }
    >
      {provider === null && (
        <fieldset className="flex flex-wrap gap-x-4 gap-y-1.5">
          <legend className="mb-1 text-sm font-medium">Kind</legend>
          {KINDS.map(([value, label]) => (
            <label key={value} className="flex items-center gap-1.5 text-sm">
              <input
                type="radio"
                name="kind"
                checked={kind === value}
                onChange={() => setKind(value)}
                className="accent-brand"
              />
              {label}
            </label>
          ))}
        </fieldset>
      )}
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
          key={kind}
          label={isGitHub ? "Address of GitHub" : "Issuer"}
          type="url"
          hint={
            isGitHub
              ? "Your GitHub Enterprise Server, or github.com. It cannot be changed later."
              : "The address in front of /.well-known/openid-configuration. It cannot be changed later."
          }
          defaultValue={isGitHub ? "https://github.com" : ""}
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
      {isGitHub ? (
        <LabelledInput
          name="organizations"
          label="Organisations"
          hint="Their members come in, separated by commas. Nobody else does. The App needs to read Members."
          required
          defaultValue={provider?.organizations.join(", ")}
          problem={at("organizations")}
        />
      ) : (
        <AddressRules provider={provider} at={at} trustsEmail={trustsEmail} onTrust={setTrustsEmail} />
      )}
      <ProviderRules isGitHub={isGitHub} rules={rules} teams={teams} onChange={setRules} />
      <div className="grid gap-1.5">
        <p className="text-sm text-ink-2">Enter this address at the provider, as where it sends people back to:</p>
        <CopyCommand lines={[`${window.location.origin}/sign-in/return`]} label="the address" />
      </div>
      <FormAlert message={whole} />
      <SubmitButton disabled={isPending} className="w-fit">
        {isPending ? "Asking the provider…" : provider === null ? "Add the provider" : "Save"}
      </SubmitButton>
    </SentForm>
  );
}

/** Whose addresses come in, and where their groups stand. */
function AddressRules({
  provider,
  at,
  trustsEmail,
  onTrust,
}: {
  provider: IdentityProviderItem | null;
  at: (field: string) => string | null;
  trustsEmail: boolean;
  onTrust: (trusts: boolean) => void;
}) {
  return (
    <>
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
          onChange={({ currentTarget: { checked } }) => onTrust(checked)}
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
    </>
  );
}
