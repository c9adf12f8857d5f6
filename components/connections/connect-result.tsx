import type { ConnectAnswer } from "@/lib/connections/types";
import { formatList, formatQuantity } from "@/lib/core/format";
import { WebhookSecret } from "./webhook-secret";

/** What came of connecting an account. */
export function ConnectResult({ answer }: { answer: ConnectAnswer }) {
  const { account, isTold, missingPermissions, repositories, selected, webhookSecret } = answer;
  return (
    <div role="status" className="grid gap-2">
      <p>
        {account} is connected: {formatQuantity(selected, "repository", "repositories")} of {repositories}. The first of
        its history shows within minutes.
      </p>
      {missingPermissions.length > 0 && (
        <p className="text-warn">It may not read {formatList(missingPermissions)}; that part is left out.</p>
      )}
      {isTold === false && (
        <p className="text-ink-2">
          GitHub cannot reach this server, so what changes there is looked for every ten minutes. An App that is made
          while APP_URL is an address that GitHub can reach tells of it within seconds.
        </p>
      )}
      {webhookSecret !== null && <WebhookSecret secret={webhookSecret} />}
    </div>
  );
}
