"use client";

import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { type DataColumn, DataTable } from "@/components/data-table/data-table";
import { ReportPanel } from "@/components/layout/report-panel";
import { queryKeys } from "@/components/query/query-keys";
import { useChange, useProviders, useRefresh } from "@/components/query/use-account";
import { QueryError } from "@/components/reports/query-error";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import type { IdentityProviderItem, TeamChoice } from "@/lib/auth/types";
import { formatQuantity } from "@/lib/core/format";
import { ProviderForm } from "./provider-form";

/** Providers whose accounts come in, and the way to add another. */
export function ProvidersPanel({ teams }: { teams: readonly TeamChoice[] }) {
  const { data, error, refetch } = useProviders();
  const refresh = useRefresh([queryKeys.providers]);
  const remove = useChange([queryKeys.providers]);
  const [opened, setOpened] = useState<IdentityProviderItem | "new" | null>(null);
  if (error !== null && data === undefined) return <QueryError error={error} onRetry={() => refetch()} />;
  const close = () => setOpened(null);
  return (
    <ReportPanel
      title="Accounts of your company"
      note="People sign in with GitHub, Okta, Entra ID, Keycloak, Google or another OpenID Connect provider; their groups decide their role."
      tools={
        <Button size="sm" variant="outline" onClick={() => setOpened("new")}>
          Add a provider
        </Button>
      }
    >
      {data === undefined || data.length === 0 ? (
        <p className="text-ink-2">There is none yet: everybody signs in with a password.</p>
      ) : (
        <DataTable
          caption="Identity providers"
          columns={columnsOf(setOpened, (id) =>
            remove.mutate({ url: `/api/v1/identity-providers/${id}`, method: "DELETE" }),
          )}
          rows={data}
          rowKey={({ id }) => id}
        />
      )}
      <FormAlert message={remove.error?.message ?? null} />
      <Dialog open={opened !== null} onOpenChange={(open) => !open && close()}>
        <DialogContent className="max-h-[calc(100dvh-2rem)] overflow-y-auto">
          <DialogHeader>
            <DialogTitle>{opened === "new" || opened === null ? "Add a provider" : opened.label}</DialogTitle>
            <DialogDescription>
              Nobody becomes an owner this way, and a role is looked up anew at every sign-in.
            </DialogDescription>
          </DialogHeader>
          {opened !== null && (
            <ProviderForm
              provider={opened === "new" ? null : opened}
              teams={teams}
              onDone={() => {
                close();
                refresh();
              }}
            />
          )}
        </DialogContent>
      </Dialog>
    </ReportPanel>
  );
}

function columnsOf(
  open: (provider: IdentityProviderItem) => void,
  remove: (id: string) => void,
): DataColumn<IdentityProviderItem>[] {
  return [
    {
      id: "name",
      header: "Name",
      rowHeader: true,
      cell: (provider) => (
        <>
          <button type="button" className="text-left underline underline-offset-3" onClick={() => open(provider)}>
            {provider.label}
          </button>
          <span className="block text-note font-normal [overflow-wrap:anywhere] text-ink-3">{provider.issuer}</span>
        </>
      ),
    },
    {
      id: "who",
      header: "Who comes in",
      className: "max-md:hidden",
      cell: ({ domains, kind, organizations }) => (kind === "github" ? organizations : domains).join(", "),
    },
    {
      id: "rules",
      header: "Rules",
      className: "max-md:hidden",
      cell: ({ rules }) => formatQuantity(rules.length, "rule"),
    },
    {
      id: "end",
      header: "Action",
      align: "right",
      cell: ({ id, label }) => (
        <Button size="sm" variant="outline" aria-label={`Remove ${label}`} onClick={() => remove(id)}>
          Remove
        </Button>
      ),
    },
  ];
}
