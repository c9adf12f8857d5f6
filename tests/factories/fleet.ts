import { withTransaction } from "@/lib/db/transaction";
import { replaceDayRollup } from "@/lib/facts/write-days";
import { insertAgents, insertFacts, insertOrg, insertRepo, insertTeam } from "./facts";
import { insertVerdicts } from "./rollbacks";

const HOUR = 3600;

/**
 * A small fleet: organisation `acme` with the repositories `api` and `web`, fourteen pull requests of March 2026 that
 * are complete up to 31 March 01:00 UTC, three reverts, and one unresolved one.
 */
export async function insertFleet(): Promise<{ org: number; api: number; web: number }> {
  await insertAgents([
    { code: 0, key: "claude_code" },
    { code: 3, key: "cursor" },
  ]);
  const org = await insertOrg("acme");
  const team = await insertTeam(org, "payments");
  const completeTo = "2026-03-31T01:00:00Z";
  const api = await insertRepo(org, "api", { completeTo });
  const web = await insertRepo(org, "web", { completeTo });
  await insertFacts(org, api, [
    {
      number: 1,
      mergedAt: "2026-03-02T10:00:00Z",
      kind: "agent",
      agentMask: 1n,
      category: "documentation",
      teamId: team,
    },
    {
      number: 2,
      mergedAt: "2026-03-03T10:00:00Z",
      kind: "agent",
      agentMask: 9n,
      rollbackSeconds: 2 * HOUR,
      agentLines: 10,
    },
    {
      number: 3,
      mergedAt: "2026-03-04T10:00:00.123456Z",
      kind: "assisted",
      agentMask: 8n,
      rollbackSeconds: 50 * HOUR,
      effectiveLines: 400,
      agentLines: 100,
    },
    { number: 4, mergedAt: "2026-03-05T10:00:00Z", kind: "human", rollbackSeconds: 3 * HOUR, effectiveLines: null },
    { number: 5, mergedAt: "2026-03-05T12:00:00Z", kind: "human", effectiveLines: null },
    { number: 6, mergedAt: "2026-03-06T12:00:00Z", kind: "human", exclusion: "revert" },
  ]);
  await insertFacts(
    org,
    web,
    Array.from({ length: 8 }, (_, index) => ({
      number: index + 1,
      mergedAt: `2026-03-1${index}T08:00:00Z`,
      kind: index % 2 === 0 ? ("agent" as const) : ("human" as const),
      agentMask: index % 2 === 0 ? 1n : 0n,
      effectiveLines: 20 * index,
    })),
  );
  await insertVerdicts(org, api, [
    {
      kind: "revert",
      revertKey: "pr:6",
      revertNumber: 6,
      revertedAt: "2026-03-03T12:00:00Z",
      target: { number: 2, mergedAt: "2026-03-03T10:00:00Z" },
      relandedBy: 5,
    },
    {
      kind: "undeclared",
      revertKey: "sha:f",
      revertNumber: null,
      revertedAt: "2026-03-06T12:00:00.123456Z",
      target: { number: 3, mergedAt: "2026-03-04T10:00:00Z" },
    },
    {
      kind: "partial",
      revertKey: "sha:9",
      revertNumber: null,
      revertedAt: "2026-03-07T12:00:00Z",
      target: { number: 4, mergedAt: "2026-03-05T10:00:00Z" },
    },
    { kind: "unresolved", revertKey: "sha:8", revertNumber: null, revertedAt: "2026-03-08T12:00:00Z", target: null },
  ]);
  for (const repoId of [api, web]) await withTransaction((client) => replaceDayRollup(client, { orgId: org, repoId }));
  return { org, api, web };
}
