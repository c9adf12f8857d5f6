import type { ConnectAnswer } from "@/lib/connections/types";
import { formatList, formatQuantity } from "@/lib/core/format";
import { WebhookSecret } from "./webhook-secret";

/** What came of connecting an account. */
export function ConnectResult({ answer }: { answer: ConnectAnswer }) {
  const { account, missingPermissions, repositories, selected, webhookSecret } = answer;
  return (
    <div role="status" className="mt-4 border-t pt-3">
      <p>
        {account} is connected: {formatQuantity(selected, "repository", "repositories")} of {repositories}. The first of
        its history shows within minutes.
      </p>
      {missingPermissions.length > 0 && (
        <p className="text-warn">It may not read {formatList(missingPermissions)}; that part is left out.</p>
      )}
      {webhookSecret !== null && <WebhookSecret secret={webhookSecret} />}
    </div>
  );
}
