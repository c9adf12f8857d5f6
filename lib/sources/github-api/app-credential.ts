import { createAppAuth } from "@octokit/auth-app";
import { request } from "@octokit/request";
import type { GitHubClientOptions } from "./client";
import { GitHubFailure } from "./failure";

/** What an App proves with who it is. */
export interface AppCredential {
  apiUrl: string;
  appId: bigint;
  privateKey: string;
  fetch: GitHubClientOptions["fetch"];
}

type Auth = ReturnType<typeof createAppAuth>;

const authOf = ({ apiUrl, appId, fetch, privateKey }: AppCredential): Auth =>
  createAppAuth({
    appId: Number(appId),
    privateKey,
    request: request.defaults({ baseUrl: apiUrl, request: { fetch } }),
  });

/** Tokens of the App itself, good for ten minutes: what it may ask is about itself and where it is installed. */
export function appTokens(credential: AppCredential): () => Promise<string> {
  const auth = authOf(credential);
  return async () => (await auth({ type: "app" })).token;
}

/**
 * Tokens of one installation, kept until shortly before their hour is over, and fetched anew when one is refused.
 * @throws {GitHubFailure} `unauthorized` when the App was removed or suspended, or its key taken back
 */
export function installationTokens(
  credential: AppCredential,
  installationId: bigint,
): (refused: boolean) => Promise<string> {
  const auth = authOf(credential);
  return async (refused) => {
    try {
      const { token } = await auth({ type: "installation", installationId: Number(installationId), refresh: refused });
      return token;
    } catch (error) {
      const status = error instanceof Error && "status" in error ? error.status : null;
      const said =
        status === 404
          ? "the App is no longer installed there"
          : status === 403
            ? "the installation of the App is suspended"
            : status === 401
              ? "GitHub refuses the key of the App"
              : null;
      if (said === null) throw error;
      throw new GitHubFailure({ kind: "unauthorized" }, said, { cause: error });
    }
  };
}
