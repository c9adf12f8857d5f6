declare const minted: unique symbol;

/**
 * What a caller may see. The brand makes it unforgeable: only this file makes one, and no query runs without it.
 */
export interface Scope {
  readonly [minted]: true;
  /** Organisation ids, or every one. An empty list sees nothing. */
  readonly organizations: "all" | readonly number[];
  /** Whether fields that single out a person may be shown. */
  readonly personFields: boolean;
}

function mint(grant: Pick<Scope, "organizations" | "personFields">): Scope {
  return Object.freeze(grant) as Scope;
}

/** The scope of whoever sits at this machine, until accounts exist: every organisation, no person-level fields. */
export function mintLocalScope(): Scope {
  return mint({ organizations: "all", personFields: false });
}

/** A scope narrowed to some organisations; it never sees more than the one it is made from. */
export function narrowScope(scope: Scope, organizations: readonly number[]): Scope {
  const allowed =
    scope.organizations === "all"
      ? organizations
      : organizations.filter((id) => scope.organizations !== "all" && scope.organizations.includes(id));
  return mint({ organizations: allowed, personFields: scope.personFields });
}
