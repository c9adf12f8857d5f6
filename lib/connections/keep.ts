import { AppError } from "@/lib/core/errors";
import { type NewConnection, saveConnection } from "@/lib/settings/github/connections";
import { isSelected, type Selection } from "@/lib/settings/github/selection";
import { ensureOrganization } from "@/lib/settings/organizations";
import type { Account, ListedRepository } from "@/lib/sources/github-api/directory";
import { refused } from "./ask";
import { resumeConnection } from "./control";

export interface Choices {
  selection: Selection;
  /** Days of history; null: all. */
  depthDays: number | null;
}

/** @throws {AppError} `bad_request` at `/selection` when none is selected */
export function selectedOf(
  account: Account,
  repositories: readonly ListedRepository[],
  selection: Selection,
): ListedRepository[] {
  const selected = repositories.filter(({ name }) => isSelected(selection, name));
  if (selected.length > 0) return selected;
  const found = repositories.length === 0 ? "no repository at all" : `${repositories.length} others`;
  throw refused(`No repository of ${account.login} is selected: GitHub shows ${found}.`, "/selection");
}

/**
 * Keeps a connection whose credential was tried, and has what failed before tried again.
 * @throws {AppError} `conflict` for the sample organisation
 */
export async function keepConnection(
  account: Account,
  input: Choices & Pick<NewConnection, "apiUrl" | "credential" | "permissions" | "missingPermissions">,
): Promise<number> {
  const organization = await ensureOrganization({ slug: account.login });
  if (organization.isSample) {
    throw new AppError({
      code: "conflict",
      message: `${account.login} is the sample organisation.`,
      pointer: "/account",
    });
  }
  const id = await saveConnection({
    ...input,
    orgId: organization.id,
    account: account.login,
    accountType: account.type,
    accountNodeId: account.nodeId,
  });
  // What the credential before it was not allowed is tried again.
  await resumeConnection(id, new Date());
  return id;
}
