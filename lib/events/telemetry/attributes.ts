import { hash } from "node:crypto";

/**
 * Attributes that are read. Whatever else a program sends — what people asked it, what it answered, what its tools said, who they
 * are — is dropped here, before anything is kept; all that remains of it is a part of a digest.
 */
const READ: ReadonlySet<string> = new Set([
  "service.name",
  "session.id",
  "conversation.id",
  "gen_ai.conversation.id",
  "event.name",
  "event.kind",
  "model",
  "gen_ai.request.model",
  "gen_ai.response.model",
  "type",
  "token_type",
  "gen_ai.token.type",
  "cost_usd",
  "cost_usd_micros",
  "input_tokens",
  "output_tokens",
  "cache_read_tokens",
  "cache_creation_tokens",
  "input_token_count",
  "output_token_count",
  "cached_token_count",
  "cached_content_token_count",
  "thoughts_token_count",
  "tool_token_count",
  "request_id",
  "git_commit_id",
  // What whoever sets an agent up says of it (OTEL_RESOURCE_ATTRIBUTES).
  "organization",
  "team",
  "team.id",
  "repo",
  "repository",
  "vcs.repository.name",
  "vcs.repository.url.full",
  "branch",
  "vcs.ref.head.name",
  "provider",
  "paid_by",
]);

/** Who is at work: read to know whose session one without a name is, and their team; never kept. */
const PERSON: ReadonlySet<string> = new Set([
  "user.email",
  "user.account_uuid",
  "user.account_id",
  "user.id",
  "installation.id",
]);

/** Characters of a value; of none that is read more are needed. */
const LONGEST_VALUE = 500;

/** Attributes of a resource, a data point or a record. */
export interface Attributes {
  /** Those that are read, as text. */
  texts: ReadonlyMap<string, string>;
  /** Who is at work. */
  person: ReadonlyMap<string, string>;
  /** Tells these attributes from all others: a digest of every one of them, whatever their order. */
  digest: string;
}

/** One attribute as it is written down to be digested: numbers as their text, lists and maps as JSON. */
export type AttributePair = readonly [key: string, text: string];

export function readAttributes(pairs: readonly AttributePair[]): Attributes {
  const texts = new Map<string, string>();
  const person = new Map<string, string>();
  for (const [key, text] of pairs) {
    if (text === "" || text.length > LONGEST_VALUE || text.includes("\0") || !text.isWellFormed()) continue;
    if (READ.has(key)) texts.set(key, text);
    else if (PERSON.has(key)) person.set(key, text);
  }
  return { texts, person, digest: digestOf(pairs.map(([key, text]) => `${key.length}:${key}${text}`).sort()) };
}

/** 128 bits as PostgreSQL reads a uuid; telemetry is trusted not to look for two texts of one digest. */
export function digestOf(parts: readonly string[]): string {
  return hash("sha256", parts.map((part) => `${part.length}:${part}`).join(""), "hex").slice(0, 32);
}
