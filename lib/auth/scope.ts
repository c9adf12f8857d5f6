declare const minted: unique symbol;

/** What a caller may see. The brand makes it unforgeable: only `mintScope` makes one, and no query runs without it. */
export interface Scope {
  readonly [minted]: true;
  /** Organisation ids, or every one. An empty list sees nothing. */
  readonly organizations: "all" | readonly number[];
  /** Team ids, or every one and what belongs to no team. An empty list sees no pull request. */
  readonly teams: "all" | readonly number[];
  /** Whether fields that single out a person may be shown. */
  readonly personFields: boolean;
  /** Whether it may be shown what things cost and bring. */
  readonly moneyFields: boolean;
}
