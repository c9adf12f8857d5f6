import { fetchDeploymentPage, fetchWorkflowRunPage } from "@/lib/sources/github-api/activity";
import { fetchCheckPage } from "@/lib/sources/github-api/checks";
import type { GitHubClient } from "@/lib/sources/github-api/client";
import { GitHubFailure } from "@/lib/sources/github-api/failure";
import { fetchDefaultBranch, fetchHistoryPage } from "@/lib/sources/github-api/history";
import { fetchIssuePage } from "@/lib/sources/github-api/issues";
import type { RepositoryName } from "@/lib/sources/github-api/page";
import { persistently } from "@/lib/sources/github-api/persistently";
import { fetchPullRequestPage } from "@/lib/sources/github-api/pull-requests";

/** What a credential has to be allowed to read, in GitHub's words, and what is missing without it. */
interface Permission {
  name: string;
  /** Without it nothing can be said. */
  required: boolean;
  probe: (client: GitHubClient, repository: RepositoryName) => Promise<unknown>;
}

const ONE = { after: null, first: 1 };

const PERMISSIONS: readonly Permission[] = [
  {
    name: "Contents: read",
    required: true,
    probe: async (client, repository) => {
      const { head } = await fetchDefaultBranch(client, repository);
      if (head !== null) await fetchHistoryPage(client, repository, { ...ONE, from: head.sha });
    },
  },
  {
    name: "Pull requests: read",
    required: true,
    probe: (client, repository) => fetchPullRequestPage(client, repository, ONE),
  },
  {
    name: "Deployments: read",
    required: false,
    probe: (client, repository) => fetchDeploymentPage(client, repository, ONE),
  },
  {
    name: "Actions: read",
    required: false,
    probe: (client, repository) =>
      fetchWorkflowRunPage(client, repository, {
        createdFrom: "2020-01-01",
        createdTo: "2020-01-02",
        page: 1,
        size: 1,
      }),
  },
  {
    name: "Checks: read",
    required: false,
    probe: (client, repository) => fetchCheckPage(client, repository, { ...ONE, floor: "2020-01-01T00:00:00Z" }),
  },
  {
    name: "Issues: read",
    required: false,
    probe: (client, repository) => fetchIssuePage(client, repository, { ...ONE, since: null }),
  },
];

/**
 * Tries what is going to be read on one repository: a token does not say what it may.
 * @returns names of what is not allowed
 * @throws {GitHubFailure} when GitHub fails otherwise
 */
export async function missingPermissions(
  client: GitHubClient,
  repository: RepositoryName,
): Promise<{ required: string[]; optional: string[] }> {
  const missing: { required: string[]; optional: string[] } = { required: [], optional: [] };
  for (const { name, probe, required } of PERMISSIONS) {
    try {
      await persistently(() => probe(client, repository));
    } catch (error) {
      // What a token may not see does not exist to it.
      const kind = error instanceof GitHubFailure ? error.reason.kind : null;
      if (kind !== "forbidden" && kind !== "not_found") throw error;
      (required ? missing.required : missing.optional).push(name);
    }
  }
  return missing;
}
