import { AUTHOR_KIND_CODE } from "@/lib/core/dimensions";
import type { Directory } from "./directory";
import { UNKNOWN_AGENT } from "./vocabulary";

/** Names behind the ids of facts, as filters and rows spell them; empty for what the scope may not name. */
export class DirectoryNames {
  private readonly orgs: ReadonlyMap<number, string>;
  private readonly repos: ReadonlyMap<number, string>;
  private readonly teams: ReadonlyMap<number, string>;

  constructor(private readonly directory: Directory) {
    this.orgs = new Map(directory.orgs.map(({ id, slug }) => [id, slug]));
    this.repos = new Map(directory.repos.map(({ id, value }) => [id, value]));
    this.teams = new Map(directory.teams.map(({ id, slug }) => [id, slug]));
  }

  org(id: number): string {
    return this.orgs.get(id) ?? "";
  }

  /** `org/name`. */
  repo(id: number): string {
    return this.repos.get(id) ?? "";
  }

  /** Slug; null for no team. */
  team(id: number | null): string | null {
    return id === null ? null : (this.teams.get(id) ?? null);
  }

  /** Keys of the agents of a mask; agent work that no rule could name is of an unknown one. */
  agents(mask: bigint, authorKind: number): string[] {
    const byAgent = authorKind === AUTHOR_KIND_CODE.agent || authorKind === AUTHOR_KIND_CODE.assisted;
    if (mask === 0n) return byAgent ? [UNKNOWN_AGENT] : [];
    return this.directory.agents.filter(({ code }) => ((mask >> BigInt(code)) & 1n) === 1n).map(({ key }) => key);
  }
}
