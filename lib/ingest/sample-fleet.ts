import { CATEGORIES, CATEGORY_CODE } from "@/lib/core/dimensions";
import { AppError } from "@/lib/core/errors";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { enterCostCentre } from "@/lib/events/costs/cost-centres";
import { appendEvents } from "@/lib/events/writer";
import { projectPending } from "@/lib/facts/project";
import { insertMilestone } from "@/lib/settings/milestones";
import { enterAssumptions } from "@/lib/settings/money/enter-assumptions";
import { ensureOrganization } from "@/lib/settings/organizations";
import { enterSuggestions } from "@/lib/settings/reports/enter-suggestions";
import { enterSurvey } from "@/lib/settings/reports/enter-survey";
import { ensureRepository, setRepositoryOwner } from "@/lib/settings/repositories";
import { setRolloutPhases } from "@/lib/settings/rollout-phases";
import { enterRoster } from "@/lib/settings/roster-entry/enter-roster";
import { ensureTeams } from "@/lib/settings/teams";
import { setFailureCause } from "@/lib/settings/triage";
import { sampleMilestones } from "@/prisma/seed/milestones";
import { SAMPLE_CURRENCY, sampleAssumptions, sampleCostCentres } from "@/prisma/seed/money";
import { sampleSuggestions, sampleSurveys } from "@/prisma/seed/reports";
import { generateSampleFleet, sampleSettings } from "@/prisma/seed/sample-fleet";
import { sampleCause } from "@/prisma/seed/triage";
import { tellSampleTelemetry } from "./sample-telemetry";

/** `step` in words, `done` of `total`; total null while unknown. */
export type SampleProgress = (step: string, done: number, total: number | null) => void;

async function writeSettings(orgId: number): Promise<void> {
  const teamIds = await ensureTeams(
    orgId,
    sampleSettings.teams.map(({ name, slug }) => ({ name, slug })),
  );
  const { slug: org } = sampleSettings.organization;
  await enterRoster(org, sampleSettings.roster);
  for (const survey of sampleSurveys()) await enterSurvey({ org, ...survey });
  await enterSuggestions(org, sampleSuggestions());
  for (const said of sampleAssumptions) {
    await enterAssumptions({ ...said, org, currency: SAMPLE_CURRENCY, values: [...said.values] }, "Sample");
  }
  for (const { teams, ...centre } of sampleCostCentres) {
    for (const team of teams) await enterCostCentre({ organizations: [orgId] }, { ...centre, org, team }, "Sample");
  }
  for (const milestone of sampleMilestones) {
    await insertMilestone({ orgId, teamId: null }, { ...milestone, by: "Sample" });
  }
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

/** Says why pull requests failed, of those that nobody has said it of. */
async function writeTriage(orgId: number): Promise<void> {
  const failed = await query<{ repoId: number; repo: string; number: number; category: number }>(
    sql`select c.repo_id as "repoId", r.name as repo, c.number, f.category
      from fact_pull_request_course c join repository r on r.id = c.repo_id
        join fact_pull_request f on f.org_id = c.org_id and f.repo_id = c.repo_id and f.number = c.number
      where c.org_id = ${orgId} and c.failure_cause = 0 order by c.repo_id, c.number`,
  );
  for (const { category, number, repo, repoId } of failed) {
    const name = CATEGORIES.find((word) => CATEGORY_CODE[word] === category) ?? "unclassified";
    const cause = sampleCause(repo, number, name);
    if (cause !== null) await setFailureCause({ repoId, number }, cause);
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
  onProgress("Looking at failures", 0, null);
  await writeTriage(orgId);
  onProgress("Hearing agents", 0, null);
  await tellSampleTelemetry(organization);
  await projectPending();
  return { added: known?.known !== true };
}
