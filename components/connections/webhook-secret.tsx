import { CopyCommand } from "@/components/layout/copy-command";

/** What to enter at GitHub so that changes are heard within seconds. */
export function WebhookSecret({ secret }: { secret: string }) {
  return (
    <div className="mt-3 grid gap-2">
      <p className="text-ink-2">
        Changes are looked for every ten minutes. To hear of them within seconds, add a webhook to the organisation at
        GitHub: content type <code>application/json</code>, all events, the address where GitHub reaches this server
        followed by <code>/api/webhooks/github</code>, and this secret. It is not shown again.
      </p>
      <CopyCommand lines={[secret]} label="the secret of the webhook" />
    </div>
  );
}
