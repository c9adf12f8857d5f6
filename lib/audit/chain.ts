import { createHmac } from "node:crypto";
import type { AuditItem, AuditValue } from "./types";

/** What a hash is about: everything in the line but the hash itself. */
export type AuditLine = Omit<AuditItem, "hash">;

/** JSON whose names are in order, so that one value is one text however it was stored. */
function canonical(value: AuditValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value as Readonly<Record<string, AuditValue>>).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(",")}}`;
}

/**
 * The hash of a line: it says what the line says and which one stands before it.
 * @param before hash of the line before, empty for the first one
 */
export function hashLine(
  key: Buffer,
  before: Uint8Array,
  { actor, after, at, seq, target, ...line }: AuditLine,
): Buffer {
  const { address, id, kind, name, userAgent } = actor;
  const content: AuditValue = [
    seq,
    at,
    [kind, id, name, address, userAgent],
    line.action,
    [target.kind, target.id, target.name],
    line.before,
    after,
  ];
  return createHmac("sha256", key).update(before).update(canonical(content)).digest();
}
