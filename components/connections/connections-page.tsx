"use client";

import Link from "next/link";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { useWorkspace } from "@/components/layout/workspace-context";
import { useConnections } from "@/components/query/use-connections";
import { QueryError } from "@/components/reports/query-error";
import { Choice } from "@/components/welcome/choice";
import { formatList, formatQuantity } from "@/lib/core/format";
import { AppForm } from "./app-form";
import { ConnectForm } from "./connect-form";
import { ConnectionPanel } from "./connection-panel";
import { CostFeedsPanel } from "./cost-feeds-panel";
import { NewInstallations } from "./new-installations";
import { SendersPanel } from "./senders-panel";

const PERMISSIONS = [
  "Contents",
  "Pull requests",
  "Deployments",
  "Actions",
  "Checks",
  "Commit statuses",
  "Issues",
  "Metadata",
];

/** The accounts at GitHub that are followed, how far they are read, and the way to follow another one. */
export function ConnectionsPage() {
  const { data, error, refetch } = useConnections();
  const { dimensions } = useWorkspace();
  if (error !== null && data === undefined) return <QueryError error={error} onRetry={() => refetch()} />;
  if (data === undefined) return <PageSkeleton panels={2} />;
  const { items } = data;
  const timeZoneOf = (account: string) => dimensions.orgs.find(({ slug }) => slug === account)?.timeZone ?? "UTC";
  const stopped = items.filter(({ state }) => state === "broken").length;
  return (
    <>
      <PageHeader
        headline={
          items.length === 0
            ? "No organisation is connected yet."
            : stopped > 0
              ? `GitHub no longer answers ${formatQuantity(stopped, "connection")} of ${items.length}.`
              : `${formatQuantity(items.length, "account")} at GitHub ${items.length === 1 ? "is" : "are"} followed.`
        }
        lede="Pull requests, reviews, workflow runs, deployments, bugs and incidents are read from GitHub: the last ninety days first, then the older years, then what changes. Nothing is written there."
      />
      <div className="grid gap-4">
        <p>
          <Link href="/connections/deliveries" className="underline underline-offset-3">
            Deliveries: what was sent, and what became of it
          </Link>
        </p>
        {items.map((connection) => (
          <ConnectionPanel key={connection.id} connection={connection} timeZone={timeZoneOf(connection.account)} />
        ))}
        <Choice title={items.length === 0 ? "Connect an organisation" : "Connect another one"}>
          <p className="max-w-[62em] text-ink-2">
            With a GitHub App of your own: confirm it at GitHub, choose the repositories it may read, and come back. It
            may read and nothing else, and tells of changes within seconds where GitHub can reach this server.
          </p>
          <AppForm />
          <NewInstallations />
        </Choice>
        <Choice title="Or with a token, or give a new one">
          <p className="max-w-[62em] text-ink-2">
            Make a fine-grained token at GitHub (Settings, Developer settings) for the organisation and its
            repositories, with read access to {formatList(PERMISSIONS)}, and to the organisation's Members for its
            teams. Connecting an account again goes on where its reading stands.
          </p>
          <ConnectForm />
        </Choice>
        <SendersPanel org={dimensions.orgs.find(({ isSample }) => !isSample)?.slug ?? "acme"} />
        <CostFeedsPanel />
      </div>
    </>
  );
}
