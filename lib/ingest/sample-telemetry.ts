import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { addUpUsage } from "@/lib/events/telemetry/add-up-usage";
import { decodeLogsJson } from "@/lib/events/telemetry/decode-json";
import { postUsageOf } from "@/lib/events/telemetry/post-usage";
import { takeLogs } from "@/lib/events/telemetry/take-telemetry";
import { linkSessions } from "@/lib/facts/sessions/link-sessions";
import { SAMPLE_END } from "@/prisma/seed/calendar";
import { isTold, sampleTelemetry, type ToldChange } from "@/prisma/seed/telemetry";

/** Agents tell of their sessions through the same door as everywhere, as of the end of the sample. Telling again changes nothing. */
export async function tellSampleTelemetry({ id, slug }: { id: number; slug: string }): Promise<void> {
  const now = new Date(SAMPLE_END);
  const changes = await query<ToldChange & { mergedAt: Date }>(
    sql`select r.name as repository, p.number, t.slug as team, d.head_ref as branch, p.merged_at as "mergedAt",
        floor(extract(epoch from c.first_at) * 1000)::double precision as "from",
        floor(extract(epoch from least(c.last_at, p.merged_at)) * 1000)::double precision as "to"
      from fact_pull_request p
        join repository r on r.id = p.repo_id
        join fact_pull_request_detail d on d.org_id = p.org_id and d.repo_id = p.repo_id and d.number = p.number
        left join team t on t.id = p.team_id
        cross join lateral (
          select min(f.authored_at) as first_at, max(f.authored_at) as last_at from fact_commit f
          where f.org_id = p.org_id and f.repo_id = p.repo_id and f.number = p.number and not f.is_merge
        ) c
      where p.org_id = ${id} and c.first_at is not null
        and d.agents @> '[{"agent": "claude_code"}]'
      order by p.repo_id, p.number`,
  );
  for (const change of changes) {
    if (!isTold(change.mergedAt.getTime()) || !isTold(change.from)) continue;
    await takeLogs({ organizations: [id] }, null, decodeLogsJson(sampleTelemetry(change)), now);
  }
  await addUpUsage(now);
  await linkSessions(now);
  await postUsageOf(slug, now);
}
