"use client";

import type { ReactNode } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { ReportPanel } from "@/components/layout/report-panel";
import { useRetention } from "@/components/query/use-account";
import { QueryError } from "@/components/reports/query-error";
import { PersonSwitch } from "./person-switch";
import { RetentionForm } from "./retention-form";

/** What is kept beside the two kinds that can be chosen, and why. */
const OTHERS: [string, ReactNode][] = [
  ["Events and facts", "as long as their organisation is connected: every figure is made of them"],
  [
    "One person's data",
    <>
      can be erased: <code>fleetgauge person erase</code> puts a pseudonym in its place, and no figure changes
    </>,
  ],
  ["Audit log", "for ever; nothing of it can be deleted"],
  ["Users and keys", "until they are disabled or revoked; their names stay in the audit log"],
  ["Sessions", "a week, or eight hours without a request"],
  ["Links to join", "a week, and thirty days more in the database"],
  ["Logs", "are written to the standard error of the processes, and kept by whoever runs them"],
];

/** What holds for the whole installation. */
export function SettingsPage() {
  const { data, error, refetch } = useRetention();
  if (error !== null && data === undefined) return <QueryError error={error} onRetry={() => refetch()} />;
  if (data === undefined) return <PageSkeleton panels={1} />;
  return (
    <>
      <PageHeader headline="What is shown and kept" lede="These hold for everybody who signs in here." />
      <div className="grid max-w-3xl gap-4">
        <ReportPanel title="People">
          <PersonSwitch />
        </ReportPanel>
        <ReportPanel
          title="How long things are kept"
          note="What has been used and is older goes within the hour. What still waits to be read, or failed, stays."
        >
          <RetentionForm retention={data} />
        </ReportPanel>
        <ReportPanel title="Everything else">
          <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[10rem_minmax(0,1fr)]">
            {OTHERS.map(([what, kept]) => (
              <div key={what} className="sm:contents">
                <dt className="font-medium">{what}</dt>
                <dd className="text-ink-2">{kept}</dd>
              </div>
            ))}
          </dl>
        </ReportPanel>
      </div>
    </>
  );
}
