import type { Actor, Signature } from "@/lib/events/schema";
import type { ApiActor, ApiGitActor } from "./answers";

/** GitHub's account types, as every API spells them. */
const TYPES: Readonly<Record<string, Actor["type"]>> = { Bot: "bot", User: "user" };

/**
 * An account. Its number identifies it: a login can be renamed, and is spelled differently by the two APIs for a program
 * (`dependabot` and `dependabot[bot]`). A deleted account is null.
 */
export function mapActor(actor: ApiActor | null): Actor | null {
  if (actor === null) return null;
  const type = TYPES[actor.__typename] ?? "unknown";
  const bare = actor.login.replace(/\[bot\]$/, "");
  return {
    type,
    id: actor.databaseId == null ? null : String(actor.databaseId),
    login: type === "bot" ? `${bare}[bot]` : actor.login,
    name: actor.name ?? null,
    email: null,
  };
}

/** Author or committer of a commit. @param fallback instant of one whose clock git could not read */
export function mapSignature(actor: ApiGitActor | null, fallback: string): Signature {
  return { name: actor?.name ?? "", email: actor?.email ?? "", at: new Date(actor?.date ?? fallback).toISOString() };
}
