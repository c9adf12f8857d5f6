import type { Marks } from "./commit-marks";
import { type KnownIdentity, looksLikeBot } from "./rules/identities";
import type { RuleSet } from "./rules/rule-set";
import type { AuthorshipVerdict, PullRequestInput } from "./types";

/** Words of the names, logins and addresses of the people behind a pull request, lower case. */
export function peopleOf(input: PullRequestInput, rules: RuleSet): Set<string> {
  const texts = [input.author?.name, input.author?.login, input.author?.email?.split("@", 1)[0]];
  for (const { author } of [...input.own, ...(input.mergeKind === "merge" ? [] : input.landed)]) {
    if (rules.identityOfEmail(author.email) === null) texts.push(author.name, author.email.split("@", 1)[0]);
  }
  return new Set(texts.flatMap((text) => text?.toLowerCase().split(/[^\p{L}]+/u) ?? []));
}

/** The account that opened a pull request. */
export interface Opener {
  identity: KnownIdentity | null;
  /** Written like a program, and known to no rule. */
  unknownBot: boolean;
  quote: string;
  /** Where it is named: a commit id or a field. */
  at: string;
}

/**
 * The account that opened it: as the source names it, else the author of the squash commit. null where nobody says:
 * an author with an address was read from git, and git knows the opener of a squash only.
 */
export function openerOf(input: PullRequestInput, rules: RuleSet): Opener | null {
  const { author, mergeKind } = input;
  if (author !== null && (author.email === null || mergeKind === "squash")) {
    const { name, email, login, type } = author;
    const identity = rules.identityOfActor(author);
    const unknownBot =
      identity === null && !rules.isPerson(author) && (type === "bot" || looksLikeBot(name, email, login));
    return { identity, unknownBot, quote: login ?? email ?? name ?? "", at: "author" };
  }
  const squash = mergeKind === "squash" ? input.landed.at(-1) : undefined;
  if (squash === undefined) return null;
  const { name, email } = squash.author;
  const identity = rules.identityOfEmail(email);
  const unknownBot = identity === null && !rules.isPerson({ login: null, email }) && looksLikeBot(name, email, null);
  return { identity, unknownBot, quote: `${name} <${email}>`, at: squash.sha };
}

/** Identities written like programs that no rule knows, for an admin to decide. */
export function unknownBotsOf(
  input: PullRequestInput,
  strangers: Marks["strangers"],
  rules: RuleSet,
): AuthorshipVerdict["unknownBots"] {
  const found: AuthorshipVerdict["unknownBots"] = [];
  const keys: string[] = [];
  const { author } = input;
  if (author !== null && rules.identityOfActor(author) === null && !rules.isPerson(author)) {
    const identity = author.login ?? author.email ?? author.name;
    if (identity !== null && (author.type === "bot" || looksLikeBot(author.name, author.email, author.login))) {
      keys.push((author.email ?? identity).toLowerCase());
      found.push({ identity, name: author.name ?? identity, role: "author" });
    }
  }
  const squash = input.mergeKind === "merge" ? undefined : input.landed.at(-1)?.author;
  const isKnown = ({ email }: { email: string }) =>
    rules.identityOfEmail(email) !== null || rules.isPerson({ login: null, email });
  // An author without an address was told with the pull request, whose own account says who it is.
  if (
    squash !== undefined &&
    squash.email !== "" &&
    looksLikeBot(squash.name, squash.email, null) &&
    !isKnown(squash)
  ) {
    const key = squash.email.toLowerCase();
    if (!keys.includes(key)) {
      keys.push(key);
      found.push({ identity: squash.email, name: squash.name, role: "author" });
    }
  }
  for (const { name, email } of strangers) {
    if (!looksLikeBot(name, email, null)) continue;
    const key = email.toLowerCase();
    if (keys.includes(key)) continue;
    keys.push(key);
    found.push({ identity: email, name, role: "co-author" });
  }
  return found;
}
