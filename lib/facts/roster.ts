import type { MemberTeam } from "@/lib/attribution/team";

/** Someone's time in a team. Milliseconds; `to` null: still. */
export interface Membership {
  person: number;
  /** Slug. */
  team: string;
  from: number;
  to: number | null;
}

/** Who was in which team when. */
export class Roster {
  private readonly byPerson = new Map<number, Membership[]>();
  private readonly byTeam = new Map<string, Membership[]>();

  /** @param personOf person by identity (`attribution/identity-keys.ts`) */
  constructor(
    memberships: readonly Membership[],
    private readonly personOf: ReadonlyMap<string, number>,
  ) {
    for (const membership of memberships) {
      push(this.byPerson, membership.person, membership);
      push(this.byTeam, membership.team, membership);
    }
  }

  /** Who has these keys (`teamsOf`) and was in any team at an instant; null for nobody. */
  memberAt(keys: readonly string[], at: number): number | null {
    const memberships = this.membershipsOf(keys);
    return memberships.find((one) => holds(one, at))?.person ?? null;
  }

  private membershipsOf(keys: readonly string[]): readonly Membership[] {
    if (this.byPerson.size === 0) return [];
    const key = keys.find((one) => this.personOf.has(one));
    const person = key === undefined ? undefined : this.personOf.get(key);
    return (person === undefined ? undefined : this.byPerson.get(person)) ?? [];
  }

  /**
   * The teams that somebody was in at an instant, with how many were in each.
   * @param keys what identifies them, the surest first: the first that is known decides
   */
  teamsOf(keys: readonly string[], at: number): MemberTeam[] {
    return this.membershipsOf(keys)
      .filter((one) => holds(one, at))
      .map(({ team }) => ({ team, members: (this.byTeam.get(team) ?? []).filter((one) => holds(one, at)).length }));
  }
}

const holds = ({ from, to }: Membership, at: number): boolean => from <= at && (to === null || at < to);

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
