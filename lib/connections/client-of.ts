import { createEgressFetch } from "@/lib/core/egress/egress-fetch";
import { env } from "@/lib/core/env";
import { type Connection, connectionToken } from "@/lib/settings/github/connections";
import { GitHubClient } from "@/lib/sources/github-api/client";

/** A GitHub as it is asked with a token that is not kept yet. */
export function clientWith(apiUrl: string, token: () => Promise<string>): GitHubClient {
  const fetch = createEgressFetch({ allowHosts: env().egressAllowHosts });
  return new GitHubClient({ apiUrl, token, fetch, now: () => new Date() });
}

/** The GitHub of a connection, asked with what it is connected by. */
export function clientOf(connection: Connection): GitHubClient {
  return clientWith(connection.apiUrl, () => connectionToken(connection));
}
