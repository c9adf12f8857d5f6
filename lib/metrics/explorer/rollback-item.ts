import { z } from "zod";
import { CONFIDENCES, HOUR_SECONDS, REVERT_KINDS } from "@/lib/core/dimensions";
import { sql } from "@/lib/db/sql";
import type { Directory } from "@/lib/metrics/directory";
import { DirectoryNames } from "@/lib/metrics/directory-names";
import type { RollbackItem } from "@/lib/metrics/explorer/types";
import { authorKindOf, categoryOf } from "@/lib/metrics/vocabulary";
import { pullRequestId } from "./pull-request-item";
import { evidenceListSchema } from "./stored-json";

/** What an item needs of the verdict `v` and of the pull request `f` that it is about, if any. */
export const ROLLBACK_COLUMNS = sql`v.org_id, v.repo_id, v.revert_key, v.target_key, v.kind, v.counts, v.revert_number,
  v.revert_sha, v.revert_title, v.reverted_at, v.target_number, v.target_title, v.target_merged_at,
  v.seconds, v.confidence, v.evidence, v.relanded_by_number, v.relanded_by_sha, v.relanded_at,
  f.author_kind, f.category, f.team_id, f.agent_mask::text as agent_mask`;

/** The pull request that a verdict is about, joined to it. */
export const ROLLBACK_SOURCE = sql`from fact_rollback v left join fact_pull_request f
  on f.org_id = v.org_id and f.repo_id = v.repo_id and f.number = v.target_number`;

export interface RollbackRow {
  org_id: number;
  repo_id: number;
  revert_key: string;
  target_key: string;
  kind: string;
  counts: boolean;
  revert_number: number | null;
  revert_sha: string;
  revert_title: string;
  reverted_at: Date;
  target_number: number | null;
  target_title: string | null;
  target_merged_at: Date | null;
  seconds: number | null;
  confidence: string;
  evidence: unknown;
  relanded_by_number: number | null;
  relanded_by_sha: string | null;
  relanded_at: Date | null;
  author_kind: number | null;
  category: number | null;
  team_id: number | null;
  agent_mask: string | null;
}

const kindSchema = z.enum(REVERT_KINDS);
const confidenceSchema = z.enum(CONFIDENCES);

/** A function that turns a row into the item that lists and pages show. */
export function createRollbackReader(directory: Directory): (row: RollbackRow) => RollbackItem {
  const known = new DirectoryNames(directory);
  const names = new Map(directory.agents.map(({ key, name }) => [key, name]));
  const samples = new Set(directory.orgs.filter(({ isSample }) => isSample).map(({ id }) => id));
  return (row) => {
    const idOf = (number: number | null) => (number === null ? null : pullRequestId(row.repo_id, number));
    const repo = known.repo(row.repo_id);
    const { author_kind, agent_mask } = row;
    const agents = author_kind === null || agent_mask === null ? [] : known.agents(BigInt(agent_mask), author_kind);
    return {
      id: `${row.repo_id}:${row.revert_key}:${row.target_key}`,
      pullRequest:
        row.target_merged_at === null
          ? null
          : {
              id: idOf(row.target_number),
              repo,
              number: row.target_number,
              title: row.target_title ?? "",
              mergedAt: row.target_merged_at.toISOString(),
            },
      repo,
      org: known.org(row.org_id),
      revert: {
        id: idOf(row.revert_number),
        number: row.revert_number,
        sha: row.revert_sha,
        title: row.revert_title,
        at: row.reverted_at.toISOString(),
      },
      kind: kindSchema.parse(row.kind),
      counts: row.counts,
      hours: row.seconds === null ? null : row.seconds / HOUR_SECONDS,
      confidence: confidenceSchema.parse(row.confidence),
      evidence: evidenceListSchema.parse(row.evidence),
      relandedBy:
        row.relanded_by_sha === null || row.relanded_at === null
          ? null
          : {
              id: idOf(row.relanded_by_number),
              number: row.relanded_by_number,
              sha: row.relanded_by_sha,
              at: row.relanded_at.toISOString(),
            },
      authorKind: author_kind === null ? null : authorKindOf(author_kind),
      agents: agents.flatMap((agent) => {
        const name = names.get(agent);
        return name === undefined ? [] : [{ agent, name }];
      }),
      category: row.category === null ? null : categoryOf(row.category),
      team: known.team(row.team_id),
      isSample: samples.has(row.org_id),
    };
  };
}
