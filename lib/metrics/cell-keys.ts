import type { Dimension } from "@/lib/core/dimensions";
import { type Sql, sql } from "@/lib/db/sql";

/** Columns of the narrow fact that tell the groups of a dimension apart. */
const COLUMNS = {
  org_id: "f.org_id",
  repo_id: "f.repo_id",
  team_id: "f.team_id",
  agent_mask: "f.agent_mask",
  author_kind: "f.author_kind",
  category: "f.category",
  size_bucket: "f.size_bucket",
} as const;
type KeyColumn = keyof typeof COLUMNS;

const DIMENSION_KEYS: Readonly<Record<Dimension, readonly KeyColumn[]>> = {
  org: ["org_id"],
  repo: ["repo_id"],
  team: ["team_id"],
  agent: ["agent_mask", "author_kind"],
  authorKind: ["author_kind"],
  category: ["category"],
  severity: ["category"],
  sizeBucket: ["size_bucket"],
  environment: [],
};

/** Values of the key columns of one group, as a statement returns them. */
export interface CellKeys {
  org_id?: number;
  repo_id?: number;
  team_id?: number | null;
  /** Decimal text: a mask may use more bits than a number holds exactly. */
  agent_mask?: string;
  author_kind?: number;
  category?: number;
  size_bucket?: number;
}

/** The key columns of these dimensions: as a statement selects them, and as it groups by them. */
export function keyColumns(dimensions: readonly Dimension[]): { selected: Sql[]; grouped: Sql[] } {
  const names = [...new Set(dimensions.flatMap((dimension) => DIMENSION_KEYS[dimension]))];
  return {
    selected: names.map((name) =>
      name === "agent_mask" ? sql`f.agent_mask::text as agent_mask` : sql.ident(COLUMNS, name),
    ),
    grouped: names.map((name) => sql.ident(COLUMNS, name)),
  };
}
