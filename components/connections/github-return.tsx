"use client";

import Link from "next/link";
import { parseAsString, useQueryStates } from "nuqs";
import { type ReactNode, useEffect, useRef } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { useConnectInstallation, useFinishApp } from "@/components/query/use-github-apps";
import { Button } from "@/components/ui/button";
import { Choice } from "@/components/welcome/choice";
import { ConnectResult } from "./connect-result";

/** What GitHub says in the address when it sends someone back. */
const SAID = {
  code: parseAsString,
  state: parseAsString,
  installation_id: parseAsString,
  setup_action: parseAsString,
};

/** Where GitHub sends an administrator back to: with a code for an App that was made, or after it was installed. */
export function GitHubReturn() {
  const [{ code, installation_id: installationId, setup_action: action, state }] = useQueryStates(SAID);
  if (code !== null && state !== null) return <AppMade code={code} state={state} />;
  if (installationId !== null) return <AppInstalled installationId={installationId} />;
  if (action === "request") {
    return (
      <Said headline="An owner of the organisation has to approve the App first.">
        <p>GitHub has asked them. Come back to Connections once they did, and look for new installations there.</p>
      </Said>
    );
  }
  return (
    <Said headline="This page is for coming back from GitHub.">
      <p>Nothing came with it. Begin at Connections.</p>
    </Said>
  );
}

function Said({ children, headline }: { headline: string; children: ReactNode }) {
  return (
    <>
      <PageHeader headline={headline} />
      <div className="grid max-w-[62em] gap-3">
        {children}
        <p>
          <Link href="/connections" className="underline underline-offset-3">
            Connections
          </Link>
        </p>
      </div>
    </>
  );
}

/** Calls once for as long as the page stands: what GitHub sent works once. */
function useOnce(call: () => void): void {
  const called = useRef(false);
  useEffect(() => {
    if (called.current) return;
    called.current = true;
    call();
  });
}

function AppMade({ code, state }: { code: string; state: string }) {
  const finish = useFinishApp();
  useOnce(() => finish.mutate({ code, state }));
  if (finish.data !== undefined) {
    return (
      <Said headline={`${finish.data.name} is made. One step is left.`}>
        <Choice title="Install it">
          <p className="mb-3 text-ink-2">
            Choose at GitHub which repositories it may read: all of them, or some. You come back here by yourself.
          </p>
          <Button asChild className="w-fit">
            <a href={finish.data.installUrl}>Install it at GitHub</a>
          </Button>
        </Choice>
      </Said>
    );
  }
  if (finish.error === null) return <Said headline="Keeping the App…">{null}</Said>;
  return (
    <Said headline="The App could not be kept.">
      <Failure error={finish.error} onRetry={() => finish.mutate({ code, state })} />
    </Said>
  );
}

function AppInstalled({ installationId }: { installationId: string }) {
  const connect = useConnectInstallation();
  useOnce(() => connect.mutate(installationId));
  const [answer] = connect.data?.items ?? [];
  if (answer !== undefined) {
    return (
      <Said headline="All is set at GitHub.">
        <ConnectResult answer={answer} />
      </Said>
    );
  }
  if (connect.error === null) return <Said headline="Asking GitHub what the App may read…">{null}</Said>;
  return (
    <Said headline="The account could not be connected.">
      <Failure error={connect.error} onRetry={() => connect.mutate(installationId)} />
    </Said>
  );
}

function Failure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <>
      <p role="alert" className="text-bad [overflow-wrap:anywhere]">
        {error.message}
      </p>
      <Button variant="outline" className="w-fit" onClick={onRetry}>
        Try again
      </Button>
    </>
  );
}
