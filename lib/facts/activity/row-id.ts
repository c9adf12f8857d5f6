import { hash } from "node:crypto";

/** MD5 of a text as PostgreSQL reads a uuid: the key of a fact, made from the id of its event (`md5(event.id)::uuid`). */
export function rowIdOf(text: string): string {
  return hash("md5", text, "hex");
}

/** 64 bits of the same, signed: tells identities apart in eight bytes. */
export function identityNumberOf(text: string): bigint {
  return BigInt.asIntN(64, BigInt(`0x${rowIdOf(text).slice(0, 16)}`));
}
