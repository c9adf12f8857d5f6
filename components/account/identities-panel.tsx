"use client";

import { ReportPanel } from "@/components/layout/report-panel";
import { queryKeys } from "@/components/query/query-keys";
import { useChange, useIdentities } from "@/components/query/use-account";
import { Button } from "@/components/ui/button";
import { FormAlert } from "./form-alert";
import { useLeaveForProvider } from "./provider-buttons";

/** Providers that somebody signs in with or could; nothing where there are none. */
export function IdentitiesPanel() {
  const { data } = useIdentities();
  const remove = useChange([queryKeys.identities]);
  const { failure, leave, leavingFor } = useLeaveForProvider("/api/v1/me/identities");
  if (data === undefined || data.length === 0) return null;
  return (
    <ReportPanel title="Accounts of your company" note="Sign in with them instead of your password.">
      <ul className="grid gap-2">
        {data.map(({ id, isLinked, label }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-2">
            <span>
              {label}
              {isLinked && <span className="text-ink-3"> · added</span>}
            </span>
            {isLinked ? (
              <Button
                size="sm"
                variant="outline"
                aria-label={`Take ${label} away`}
                disabled={remove.isPending}
                onClick={() => remove.mutate({ url: `/api/v1/me/identities/${id}`, method: "DELETE" })}
              >
                Take away
              </Button>
            ) : (
              <Button
                size="sm"
                variant="outline"
                aria-label={`Add ${label}`}
                disabled={leavingFor !== null}
                onClick={() => leave(id, "/account")}
              >
                Add
              </Button>
            )}
          </li>
        ))}
      </ul>
      <FormAlert message={failure ?? remove.error?.message ?? null} />
    </ReportPanel>
  );
}
