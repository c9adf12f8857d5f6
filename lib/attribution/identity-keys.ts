import type { Actor } from "@/lib/events/schema";

const NO_REPLY = /^(?:(\d+)\+)?([^@]+)@users\.noreply\.github\.com$/;

/**
 * What identifies a person: GitHub's number before an address before a login, the surest first. A display name never does.
 * GitHub's no-reply addresses hold the number, or the login where they are old.
 */
export function identityKeysOf({ email, id, login }: Pick<Actor, "email" | "id" | "login">): string[] {
  const keys = new Set<string>();
  if (id !== null) keys.add(`id:${id}`);
  if (email !== null && email !== "") {
    const address = email.toLowerCase();
    const [, number, name] = NO_REPLY.exec(address) ?? [];
    if (number !== undefined) keys.add(`id:${number}`);
    else keys.add(name === undefined ? `email:${address}` : `login:${name}`);
  }
  // A login can pass to someone else: where the number is known it decides.
  if (login !== null && id === null) keys.add(`login:${login.toLowerCase()}`);
  return [...keys];
}

/** The key of somebody whom a roster knows by nothing else than their login; where their number is known it decides. */
export function namedKeysOf({ id, login }: Pick<Actor, "id" | "login">): string[] {
  return id === null || login === null ? [] : [`named:${login.toLowerCase()}`];
}
