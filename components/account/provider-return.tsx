"use client";

import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { fetchJson } from "@/components/query/fetch-json";
import { Button } from "@/components/ui/button";
import { FormAlert } from "./form-alert";
import { nextPath } from "./next-path";

/** Where a provider sends the browser back to: hands on what came with it, and goes on. */
export function ProviderReturn() {
  const [failure, setFailure] = useState<string | null>(null);
  const isSent = useRef(false);
  useEffect(() => {
    // An answer is good once.
    if (isSent.current) return;
    isSent.current = true;
    const answer = window.location.search.slice(1);
    // What the provider sent stays neither in the address nor in the history.
    window.history.replaceState(null, "", window.location.pathname);
    fetchJson<{ next: string }>("/api/auth/sign-in/provider", { method: "PUT", body: { answer } }).then(
      ({ next }) => window.location.replace(nextPath(next)),
      (error: unknown) => setFailure(error instanceof Error ? error.message : "The server did not answer."),
    );
  }, []);
  if (failure === null) return <p role="status">Signing in…</p>;
  return (
    <div className="grid gap-3">
      <FormAlert message={failure} />
      <Button asChild className="w-fit">
        <Link href="/sign-in">Back to the sign-in</Link>
      </Button>
    </div>
  );
}
