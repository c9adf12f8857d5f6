import { inBatches } from "@/bench/company/batches";
import type { Company, CompanyRepository } from "@/bench/company/company";
import { lineEvents } from "@/bench/company/line-events";
import { planWork } from "@/bench/company/work";
import { withTransaction } from "@/lib/db/transaction";
import type { FleetEvent } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";

/** Where a line stands after some of its events: what the source would have said then. */
function observationAt(events: readonly FleetEvent[], final: FleetEvent): FleetEvent[] {
  const landed = events.findLast((event) => event.kind === "commit.landed");
  if (landed === undefined || final.kind !== "repository.observed") return [];
  const { sha, committer } = landed.payload;
  return [
    {
      ...final,
      id: `${final.id}:at:${sha}`,
      occurredAt: landed.occurredAt,
      payload: { ...final.payload, headSha: sha, completeTo: committer.at },
    },
  ];
}

/**
 * A repository's line in so many portions, each of whole pull requests and each ending with where the line stands then,
 * as a source would deliver them over time.
 */
export function deliveriesOf(
  company: Company,
  repository: CompanyRepository,
  orgId: number,
  portions: number,
): FleetEvent[][] {
  const events = [...lineEvents(company, repository, planWork(company, repository), orgId)];
  const final = events.pop();
  if (final === undefined) return [];
  const merges = events.flatMap((event, index) => (event.kind === "pull_request.merged" ? [index + 1] : []));
  let from = 0;
  return Array.from({ length: portions }, (_, portion) => {
    const last = portion === portions - 1;
    const end = last
      ? events.length
      : (merges[Math.floor((merges.length * (portion + 1)) / portions)] ?? events.length);
    const part = events.slice(from, end);
    from = Math.max(from, end);
    return [...part, ...(last ? [final] : observationAt(part, final))];
  });
}

/** Appends one delivery in a transaction of its own. @returns how many events were new */
export async function deliver(events: readonly FleetEvent[]): Promise<number> {
  const { added } = await withTransaction((client) => appendEvents(client, inBatches(events)), { bulk: true });
  return added;
}
