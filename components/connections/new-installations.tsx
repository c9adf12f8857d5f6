"use client";

import { useConnectInstallation, useGitHubApps } from "@/components/query/use-github-apps";
import { Button } from "@/components/ui/button";
import { ConnectResult } from "./connect-result";

/** The Apps that were made, for someone who left GitHub before the App was installed or an owner had to approve it. */
export function NewInstallations() {
  const { data } = useGitHubApps();
  const look = useConnectInstallation();
  if (data === undefined || data.items.length === 0) return null;
  return (
    <div className="mt-4 grid gap-2 border-t pt-3">
      <p className="text-ink-2">
        Made here:{" "}
        {data.items.map(({ id, installUrl, name }, index) => (
          <span key={id}>
            {index > 0 && ", "}
            <a href={installUrl} className="underline underline-offset-3">
              {name}
            </a>
          </span>
        ))}
        . Installed without coming back here, as when an owner had to approve it?
      </p>
      <Button size="sm" variant="outline" className="w-fit" disabled={look.isPending} onClick={() => look.mutate(null)}>
        {look.isPending ? "Asking GitHub…" : "Look for new installations"}
      </Button>
      {look.error !== null && (
        <p role="alert" className="text-bad [overflow-wrap:anywhere]">
          {look.error.message}
        </p>
      )}
      {look.data?.items.length === 0 && <p role="status">No new installation: install the App at GitHub first.</p>}
      {look.data?.items.map((answer) => (
        <ConnectResult key={answer.id} answer={answer} />
      ))}
    </div>
  );
}
