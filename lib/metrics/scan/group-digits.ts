import type { FactTable } from "@/lib/metrics/columns/table";
import type { Axes } from "./axes";
import type { Cell } from "./cell-coder";
import type { GroupSpace } from "./group-space";

const NONE = -1;
const SEVERAL = -2;

/** Parts of groups by position on an axis. */
class Digits {
  /** The only part; `NONE` or `SEVERAL`. */
  readonly only: Int32Array;

  constructor(readonly all: readonly (readonly number[])[]) {
    this.only = Int32Array.from(all, (parts) => (parts.length > 1 ? SEVERAL : (parts[0] ?? NONE)));
  }
}

/** The groups of the cells of one table: one for most, several where a pull request has several agents. */
export class GroupDigits {
  private readonly repo: Digits;
  private readonly team: Digits;
  private readonly profile: Digits;

  constructor(space: GroupSpace, { orgId }: FactTable, axes: Axes) {
    this.repo = new Digits(axes.repo.entries.map((id) => space.ofRepo(orgId, id)));
    this.team = new Digits(axes.team.entries.map((id) => space.ofTeam(id)));
    this.profile = new Digits(axes.profile.entries.map(({ profile }) => space.ofProfile(profile)));
  }

  /** The only group of a cell; negative when it has none or several. */
  onlyGroup({ profile, repo, team }: Cell): number {
    const a = this.repo.only[repo] as number;
    const b = this.team.only[team] as number;
    const c = this.profile.only[profile] as number;
    return a < 0 || b < 0 || c < 0 ? NONE : a + b + c;
  }

  /** Every group of a cell. */
  groups({ profile, repo, team }: Cell): number[] {
    return (this.repo.all[repo] ?? []).flatMap((a) =>
      (this.team.all[team] ?? []).flatMap((b) => (this.profile.all[profile] ?? []).map((c) => a + b + c)),
    );
  }
}
