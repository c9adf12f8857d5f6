import Link from "next/link";
import { CopyCommand } from "@/components/layout/copy-command";
import { Choice } from "@/components/welcome/choice";

/** The line that tells of a deployment from the shell of whatever deploys. @param origin of this installation */
function deploymentLines(origin: string, org: string): string[] {
  return [
    `curl --fail-with-body -sS ${origin}/api/v1/events \\`,
    `  -H "Authorization: Bearer $FLEETGAUGE_KEY" -H "Content-Type: application/json" --data-binary @- <<EOF \\`,
    `  | awk '/"refused":0,/ { ok = 1 } { print } END { exit !ok }'`,
    `{ "kind": "deployment", "id": "$(date +%s)", "at": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",`,
    `  "repository": "${org}/my-repository", "service": "my-service", "environment": "production",`,
    `  "sha": "$(git rev-parse HEAD)", "status": "success" }`,
    "EOF",
  ];
}

/** How programs tell what GitHub does not know; shown in the browser alone, which knows the address of this installation. */
export function EventsDoor({ org }: { org: string }) {
  return (
    <Choice title="Tell what GitHub does not know">
      <p className="mb-3 max-w-[62em] text-ink-2">
        What deployed a change, took it back or broke, what an agent did and what it cost, and pull requests that live
        elsewhere: any program tells of them, one by one or many at once, also as CDEvents or in webhooks that are
        signed. Make a{" "}
        <Link href="/api-keys" className="underline underline-offset-3">
          key
        </Link>{" "}
        with <code>events:write</code>; a deployment, from the checkout of what was deployed:
      </p>
      <CopyCommand lines={deploymentLines(window.location.origin, org)} label="how to tell of a deployment" />
      <p className="mt-2 text-note text-ink-3">
        Rollbacks, incidents and all other kinds, with an example of each, stand in docs/events.md; what they hold at{" "}
        <a href="/api/v1/events/schema" className="inline-block py-1 underline underline-offset-3">
          /api/v1/events/schema
        </a>
        .
      </p>
    </Choice>
  );
}
