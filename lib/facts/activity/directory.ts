import { type RuleSet, ruleSetOf } from "@/lib/attribution/rules/rule-set";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { FleetEvent } from "@/lib/events/schema";
import { ensureRepository, listRepositoryOwners, type OwnerPeriod } from "@/lib/settings/repositories";
import { readRules } from "@/lib/settings/rules";
import { ensureTeams } from "@/lib/settings/teams";

interface Organization {
  rules: RuleSet;
  repositories: Map<string, number>;
  teams: ReadonlyMap<string, number>;
  owners: Map<number, OwnerPeriod[]>;
}

/**
 * Ids of the repositories and teams that events name, each created when it is new. It works on connections of its own:
 * a name stays known even when the facts that asked for it are rolled back.
 */
export class ActivityDirectory {
  private readonly organizations = new Map<number, Organization>();

  /** Makes sure that everything these events name has an id. */
  async know(events: readonly FleetEvent[]): Promise<void> {
    for (const event of events) {
      const { orgId, repo } = event;
      const organization = this.organizations.get(orgId) ?? (await this.load(orgId));
      if (repo !== null && !organization.repositories.has(repo)) {
        organization.repositories.set(repo, await ensureRepository(orgId, repo));
      }
      const team = event.kind === "cost.incurred" ? event.payload.team : null;
      if (team !== null && !organization.teams.has(team)) {
        organization.teams = await ensureTeams(orgId, [{ slug: team, name: team }]);
      }
    }
  }

  private async load(orgId: number): Promise<Organization> {
    const repositories = await query<{ id: number; name: string }>(
      sql`select id, name from repository where org_id = ${orgId}`,
    );
    const organization: Organization = {
      rules: ruleSetOf((await readRules(orgId)).rules),
      repositories: new Map(repositories.map(({ id, name }) => [name, id])),
      teams: await ensureTeams(orgId, []),
      owners: new Map(),
    };
    this.organizations.set(orgId, organization);
    return organization;
  }

  private organization(orgId: number): Organization {
    const organization = this.organizations.get(orgId);
    if (organization === undefined) throw new Error(`The organisation ${orgId} was not asked for`);
    return organization;
  }

  repositoryId(orgId: number, repo: string): number {
    const id = this.organization(orgId).repositories.get(repo);
    if (id === undefined) throw new Error(`The repository ${repo} was not asked for`);
    return id;
  }

  /** The rules of an organisation as they were when it was first asked for. */
  rulesOf(orgId: number): RuleSet {
    return this.organization(orgId).rules;
  }

  teamId(orgId: number, slug: string): number {
    const id = this.organization(orgId).teams.get(slug);
    if (id === undefined) throw new Error(`The team ${slug} was not asked for`);
    return id;
  }

  /** The team that owned a repository at an instant; null for nobody. */
  async ownerAt(orgId: number, repoId: number, at: number): Promise<number | null> {
    const { owners } = this.organization(orgId);
    let periods = owners.get(repoId);
    if (periods === undefined) {
      periods = await listRepositoryOwners(orgId, repoId);
      owners.set(repoId, periods);
    }
    return periods.findLast(({ validFrom }) => validFrom.getTime() <= at)?.teamId ?? null;
  }
}
