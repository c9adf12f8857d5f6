/** What may stand in a line of the audit log beside who and where: JSON without fractions, so that it reads back alike. */
export type AuditValue =
  | string
  | boolean
  | number
  | null
  | readonly AuditValue[]
  | { readonly [name: string]: AuditValue };

export const ACTOR_KINDS = ["user", "key", "command", "system", "nobody"] as const;

/** Who did something, and from where. */
export interface AuditActor {
  /** `command`: somebody at the command line of the machine; `nobody`: not signed in. */
  kind: (typeof ACTOR_KINDS)[number];
  id: string | null;
  name: string;
  address: string | null;
  userAgent: string | null;
}

/** What was done to what. `before` and `after` hold what changed, never a secret. */
export interface AuditEntry {
  actor: AuditActor;
  /** What was done, as `thing.verb`: `user.role_changed`. */
  action: string;
  target: { kind: string; id: string | null; name: string | null };
  before?: AuditValue;
  after?: AuditValue;
}

/** A line of the log as pages and exports show it. */
export interface AuditItem {
  seq: number;
  at: string;
  actor: AuditActor;
  action: string;
  target: AuditEntry["target"];
  before: AuditValue;
  after: AuditValue;
  /** Hexadecimal. */
  hash: string;
}
