"use client";

import { PageHeader } from "@/components/layout/page-header";
import { ReportPanel } from "@/components/layout/report-panel";
import { useMe } from "@/components/layout/workspace-context";
import { IdentitiesPanel } from "./identities-panel";
import { PasswordForm } from "./password-form";
import { ROLE_WORDS } from "./role-words";
import { SecondFactor } from "./second-factor";
import { SessionsPanel } from "./sessions-panel";
import { ViewsPanel } from "./views-panel";

/** What somebody may change of their own account, and what others decided about it. */
export function AccountPage() {
  const me = useMe();
  const { label, means } = ROLE_WORDS[me.role];
  return (
    <>
      <PageHeader headline={me.name} lede={`${me.email} signs in as ${label.toLowerCase()}: ${means}.`} />
      <div className="grid max-w-3xl gap-4">
        {me.teams !== null && (
          <ReportPanel title="What you see">
            {me.teams.length === 0 ? (
              <p className="text-ink-2">
                No team was given to you yet, so reports are empty. Ask an owner or admin to choose your teams under
                Users.
              </p>
            ) : (
              <p>The pull requests of {me.teams.join(", ")}.</p>
            )}
          </ReportPanel>
        )}
        <ReportPanel title="Password" note="Changing it ends your sessions on other devices.">
          <PasswordForm />
        </ReportPanel>
        <ReportPanel
          title="Second factor"
          note="An authenticator on your phone shows a code every thirty seconds; with it, your password alone lets nobody in."
        >
          <SecondFactor has={me.twoFactor} />
        </ReportPanel>
        <ViewsPanel />
        <IdentitiesPanel />
        <SessionsPanel />
      </div>
    </>
  );
}
