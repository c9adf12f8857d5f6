import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import { projectPending } from "@/lib/facts/project";
import { ensureOrganization } from "@/lib/settings/organizations";
import { ensureRepository, setRepositoryOwner } from "@/lib/settings/repositories";
import { setRolloutPhases } from "@/lib/settings/rollout-phases";
import { enterRoster } from "@/lib/settings/roster-entry/enter-roster";
import { ensureTeams } from "@/lib/settings/teams";
import { generateSampleFleet, sampleSettings } from "@/prisma/seed/sample-fleet";

/** `step` in words, `done` of `total`; total null while unknown. */
export type SampleProgress = (step: string, done: number, total: number | null) => void;

async function writeSettings(orgId: number): Promise<void> {
  const teamIds = await ensureTeams(
    orgId,
    sampleSettings.teams.map(({ name, slug }) => ({ name, slug })),
  );
  await enterRoster(sampleSettings.organization.slug, sampleSettings.roster);
  await withTransaction(async (client) => {
    for (const { phases, slug } of sampleSettings.teams) {
      const teamId = teamIds.get(slug);
      if (teamId === undefined) throw new Error(`The sample's team ${slug} was not made`);
      await setRolloutPhases(client, { orgId, teamId }, phases);
    }
  });
  for (const repository of sampleSettings.repositories) {
    const repoId = await ensureRepository(orgId, repository.name);
    for (const owner of repository.owners) {
      const teamId = teamIds.get(owner.team);
      if (teamId === undefined) throw new Error(`The sample names the team ${owner.team} and does not define it`);
      await setRepositoryOwner({ orgId, repoId, teamId, validFrom: new Date(owner.validFrom) });
    }
  }
}

async function* counted<T>(
  batches: Iterable<T[]>,
  onCount: (done: number) => void,
): AsyncGenerator<T[], void, undefined> {
  let done = 0;
  for (const batch of batches) {
    yield batch;
    done += batch.length;
    onCount(done);
  }
}

/**
 * Loads the sample fleet through the same log and projections as real data. Loading again changes nothing.
 * @returns whether anything was new
 * @throws {AppError} `conflict` when a real organisation has the sample's name
 */
export async function loadSampleFleet(onProgress: SampleProgress = () => {}): Promise<{ added: boolean }> {
  const organization = await ensureOrganization({ ...sampleSettings.organization, isSample: true });
  if (!organization.isSample) {
    throw new AppError({
      code: "conflict",
      message: `An organisation called ${organization.slug} exists already and is not the sample.`,
    });
  }
  const orgId = organization.id;
  // A load that was killed leaves no events, so any event means that the whole log is there.
  const [known] = await query<{ known: boolean }>(
    sql`select exists (select from event where org_id = ${orgId}) as known`,
  );
  if (known?.known !== true) {
    onProgress("Writing events", 0, null);
    await writeSettings(orgId);
    await withTransaction(
      async (client) => {
        await appendEvents(
          client,
          counted(generateSampleFleet(orgId), (done) => onProgress("Writing events", done, null)),
        );
      },
      { bulk: true },
    );
  }
  let repositories = 0;
  await projectPending((_key, done, total) => {
    if (done === total) onProgress("Working out repositories", ++repositories, sampleSettings.repositories.length);
  });
  return { added: known?.known !== true };
}
