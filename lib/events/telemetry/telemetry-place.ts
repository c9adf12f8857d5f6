import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { ToldSession } from "./told-session";

/** Whose telemetry a caller may send. */
export interface Reach {
  organizations: "all" | readonly number[];
}

/** Where telemetry belongs, or why it cannot be taken. */
export type Placed = { orgId: number; team: string | null } | { problem: string };

/** The organisation that something is of, where nothing names one: the only one that there is for whoever sends it. */
const WHICH =
  "say which organisation it is of: as the attribute organization (OTEL_RESOURCE_ATTRIBUTES), or ?organization= in the address";

/** Finds the organisation and team of telemetry. What it looked up it knows the next time. */
export class TelemetryPlaces {
  private orgs: Promise<ReadonlyMap<string, number>> | null = null;
  private readonly teams = new Map<string, Promise<string | null>>();

  /** @param named slug of the organisation that the address of a request names */
  constructor(
    private readonly reach: Reach,
    private readonly named: string | null,
  ) {}

  async placeOf({ email, organization, repository, team }: ToldSession, at: Date): Promise<Placed> {
    this.orgs ??= this.loadOrganizations();
    const orgs = await this.orgs;
    const owner = repository?.includes("/") ? (repository.split("/", 1)[0] ?? null) : null;
    const slug = organization ?? this.named;
    const orgId = slug === null ? ((owner === null ? undefined : orgs.get(owner)) ?? onlyOf(orgs)) : orgs.get(slug);
    if (orgId === undefined) return { problem: slug === null ? WHICH : `there is no organisation ${slug}` };
    return { orgId, team: team ?? (email === null ? null : await this.teamOf(orgId, email, at)) };
  }

  private async loadOrganizations(): Promise<ReadonlyMap<string, number>> {
    const rows = await query<{ id: number; slug: string }>(sql`select id, slug from organization`);
    const { organizations } = this.reach;
    const seen = rows.filter(({ id }) => organizations === "all" || organizations.includes(id));
    return new Map(seen.map(({ id, slug }) => [slug, id]));
  }

  /** The team that somebody was in on a day; null for nobody, and for who was in several. */
  private teamOf(orgId: number, email: string, at: Date): Promise<string | null> {
    const day = at.toISOString().slice(0, 10);
    const key = `${orgId} ${day} ${email}`;
    let found = this.teams.get(key);
    if (found === undefined) {
      found = query<{ slug: string }>(
        sql`select distinct t.slug from person_identity i
            join team_member m on m.org_id = i.org_id and m.person_id = i.person_id
            join team t on t.id = m.team_id
          where i.org_id = ${orgId} and i.identity = ${`email:${email}`}
            and m.valid_from < ${day}::date + 1 and (m.valid_to is null or m.valid_to >= ${day}::date)`,
      ).then(([team, ...others]) => (others.length === 0 ? (team?.slug ?? null) : null));
      this.teams.set(key, found);
    }
    return found;
  }
}

function onlyOf(orgs: ReadonlyMap<string, number>): number | undefined {
  return orgs.size === 1 ? [...orgs.values()][0] : undefined;
}
