import type { PoolClient } from "@/lib/db/pool";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { ensureTeams } from "@/lib/settings/teams";

/** Team ids by slug for one projection. A CODEOWNERS file may name a team that nobody set up: it is created. */
export class TeamIds {
  /** @param known the organisation's teams, where somebody has read them already */
  constructor(
    private readonly client: PoolClient,
    private readonly orgId: number,
    private known: ReadonlyMap<string, number> | null = null,
  ) {}

  async of(slugs: (string | null)[]): Promise<ReadonlyMap<string, number>> {
    const wanted = [...new Set(slugs.flatMap((slug) => slug ?? []))].sort();
    this.known ??= await this.load();
    const fresh = wanted.filter((slug) => !this.known?.has(slug));
    if (fresh.length > 0) {
      this.known = await ensureTeams(
        this.orgId,
        fresh.map((slug) => ({ slug, name: slug })),
      );
    }
    return this.known;
  }

  private async load(): Promise<Map<string, number>> {
    const rows = await query<{ id: number; slug: string }>(
      sql`select id, slug from team where org_id = ${this.orgId}`,
      this.client,
    );
    return new Map(rows.map(({ id, slug }) => [slug, id]));
  }
}
