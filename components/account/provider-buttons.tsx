"use client";

import { useState } from "react";
import { fetchJson } from "@/components/query/fetch-json";
import { Button } from "@/components/ui/button";
import { FormAlert } from "./form-alert";

/** Sends the browser to a provider. @param url where this is begun: for a sign-in, or for one's own account */
export function useLeaveForProvider(url: string) {
  const [failure, setFailure] = useState<string | null>(null);
  const [leavingFor, setLeavingFor] = useState<string | null>(null);
  const leave = async (provider: string, next: string) => {
    setFailure(null);
    setLeavingFor(provider);
    try {
      const answer = await fetchJson<{ url: string }>(url, { method: "POST", body: { provider, next } });
      window.location.assign(answer.url);
    } catch (error) {
      setLeavingFor(null);
      setFailure(error instanceof Error ? error.message : "The server did not answer.");
    }
  };
  return { leave, leavingFor, failure };
}

/** Ways to sign in with the account of one's company. */
export function ProviderButtons({ providers }: { providers: readonly { id: string; label: string }[] }) {
  const { failure, leave, leavingFor } = useLeaveForProvider("/api/auth/sign-in/provider");
  const next = () => new URLSearchParams(window.location.search).get("next") ?? "/";
  return (
    <div className="mb-4 grid gap-2 border-b pb-4">
      {providers.map(({ id, label }) => (
        <Button
          key={id}
          type="button"
          variant="outline"
          disabled={leavingFor !== null}
          onClick={() => leave(id, next())}
        >
          {leavingFor === id ? `Going to ${label}…` : `Continue with ${label}`}
        </Button>
      ))}
      <FormAlert message={failure} />
    </div>
  );
}
