import { hash } from "node:crypto";
import type { Actor } from "@/lib/events/schema";

/** MD5 of a text as PostgreSQL reads a uuid: the key of a fact, made from the id of its event (`md5(event.id)::uuid`). */
export function rowIdOf(text: string): string {
  return hash("md5", text, "hex");
}

/** 64 bits of the same, signed: tells identities apart in eight bytes. */
function identityNumberOf(text: string): bigint {
  return BigInt.asIntN(64, BigInt(`0x${rowIdOf(text).slice(0, 16)}`));
}

/**
 * Tells accounts apart: whoever opens a pull request from whoever reviews it. A display name identifies nobody, so someone
 * who has nothing else has no number.
 */
export function accountNumberOf({ id, login, email }: Actor): bigint | null {
  if (id !== null) return identityNumberOf(`id:${id}`);
  if (login !== null) return identityNumberOf(`login:${login.toLowerCase()}`);
  return email === null ? null : identityNumberOf(`email:${email.toLowerCase()}`);
}
