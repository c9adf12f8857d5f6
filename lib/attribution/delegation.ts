import type { AuthorKind } from "@/lib/core/dimensions";
import type { Actor } from "@/lib/events/schema";
import { identityKeysOf, namedKeysOf } from "./identity-keys";
import { namesAgent } from "./labels";
import { looksLikeBot } from "./rules/identities";
import { type RuleSet, SHIPPED_RULES } from "./rules/rule-set";
import type { Evidence, PullRequestInput } from "./types";

/**
 * The person behind a pull request: its author, or whoever had an agent make it. The sentence of the evidence names nobody,
 * so that it can be shown where persons are not.
 */
export interface Delegation {
  /** The surest first (`identity-keys.ts`). */
  keys: string[];
  name: string;
  evidence: Evidence;
}

type Named = Pick<Actor, "email" | "id" | "login" | "name">;

const CO_AUTHOR = /^[\s*]*co-authored-by:\s*([^<\n]*)<([^<>\s]+@[^<>\s]+)>\s*$/gim;
/** How agents that are asked in a chat name who asked: an account, or a name with an address. */
const REQUESTED_BY =
  /^[\s*_>-]*requested by:?[\s*_]*:?\s*(?:@([a-z0-9](?:[a-z0-9-]{0,38}))\b|([^\n<(@]*)[<(]([^\s<>()]+@[^\s<>()]+)[>)])/im;
const LONGEST_QUOTE = 200;

type IsProgram = (actor: Actor) => boolean;

const programsBy =
  (rules: RuleSet): IsProgram =>
  (actor) => {
    if (rules.isPerson(actor)) return false;
    const { email, login, name, type } = actor;
    return type === "bot" || rules.identityOfActor(actor) !== null || looksLikeBot(name, email, login);
  };

const nameOf = ({ email, login, name }: Named): string => name ?? login ?? email ?? "someone";

function found(person: Named, evidence: Evidence): Delegation | null {
  const keys = identityKeysOf(person);
  return keys.length === 0 ? null : { keys: [...keys, ...namedKeysOf(person)], name: nameOf(person), evidence };
}

function byDescription({ body }: PullRequestInput): Delegation | null {
  const match = body === null ? null : REQUESTED_BY.exec(body);
  if (match === null) return null;
  const [line, login, name, email] = match;
  const person = { id: null, login: login ?? null, name: name?.trim() || null, email: email ?? null };
  return found(person, {
    rule: "delegation:session",
    text: "Its description names who asked for it.",
    quote: line.trim().slice(0, LONGEST_QUOTE),
    at: "body",
  });
}

function byAuthor({ author }: PullRequestInput, isProgram: IsProgram): Delegation | null {
  if (author === null || isProgram(author)) return null;
  return found(author, { rule: "delegation:author", text: "The person that opened it.", at: "author" });
}

const issuesOf = ({ issues = [] }: PullRequestInput) => [...issues].sort((a, b) => a.issue - b.issue);

/** Who gave the issue to the agent. */
function byAssigning(input: PullRequestInput, isProgram: IsProgram): Delegation | null {
  for (const { assigned, issue } of issuesOf(input)) {
    const by = assigned.findLast(({ assignee, by }) => isProgram(assignee) && by !== null && !isProgram(by))?.by;
    if (by == null) continue;
    const text = `The person that assigned issue #${issue}, which it closes, to the agent.`;
    return found(by, { rule: "delegation:issue_assigning", text, at: `#${issue}` });
  }
  return null;
}

/** Who put a label on the issue that an agent takes it up by. */
function byLabel(input: PullRequestInput, isProgram: IsProgram, rules: RuleSet): Delegation | null {
  for (const { issue, labelled } of issuesOf(input)) {
    const label = labelled.find(({ by, label }) => by !== null && !isProgram(by) && namesAgent(label, rules));
    if (label === undefined || label.by === null) continue;
    const text = `The person that put a label for agents on issue #${issue}, which it closes.`;
    return found(label.by, { rule: "delegation:issue_label", text, quote: label.label, at: `#${issue}` });
  }
  return null;
}

function byIssueAssignee(input: PullRequestInput, isProgram: IsProgram): Delegation | null {
  for (const { assigned, issue } of issuesOf(input)) {
    const person = assigned.find(({ assignee }) => !isProgram(assignee))?.assignee;
    if (person === undefined) continue;
    const text = `The person that issue #${issue}, which it closes, is assigned to.`;
    return found(person, { rule: "delegation:issue_assignee", text, at: `#${issue}` });
  }
  return null;
}

function byAssignee({ assignees = [] }: PullRequestInput, isProgram: IsProgram): Delegation | null {
  const person = assignees.find((one) => !isProgram(one));
  if (person === undefined) return null;
  return found(person, { rule: "delegation:assignee", text: "The person that is assigned to it." });
}

function byRequest({ askedByAgent = [] }: PullRequestInput, isProgram: IsProgram): Delegation | null {
  const person = askedByAgent.find((one) => !isProgram(one));
  if (person === undefined) return null;
  const text = "The person that the agent asked for a review.";
  return found(person, { rule: "delegation:review_request", text });
}

/** Someone whom the commits of an agent name beside it. */
function byCoAuthor({ landed, own }: PullRequestInput, isProgram: IsProgram): Delegation | null {
  for (const { message, sha } of [...own, ...landed]) {
    for (const [line, name = "", email = ""] of message.matchAll(CO_AUTHOR)) {
      const person = { type: "unknown" as const, id: null, login: null, name: name.trim() || null, email };
      if (isProgram(person)) continue;
      return found(person, {
        rule: "delegation:co_author",
        text: "The person that its commits name beside the agent.",
        quote: line.trim().slice(0, LONGEST_QUOTE),
        at: sha,
      });
    }
  }
  return null;
}

/**
 * Who had this pull request made (`metrics.md` G5). Of an agent's: whom its description names as having asked, the person that
 * opened it, gave the issue behind it to the agent, is assigned to it, labelled that issue for agents, is assigned to that
 * issue, was asked for the review by the agent, or is named in its commits, in this order. Of a person's: its author.
 * @returns null where nobody is named, and for automation
 */
export function findDelegation(
  input: PullRequestInput,
  kind: AuthorKind,
  rules: RuleSet = SHIPPED_RULES,
): Delegation | null {
  const isProgram = programsBy(rules);
  if (kind === "automation") return null;
  if (kind === "human") return byAuthor(input, isProgram);
  return (
    byDescription(input) ??
    byAuthor(input, isProgram) ??
    byAssigning(input, isProgram) ??
    byAssignee(input, isProgram) ??
    byLabel(input, isProgram, rules) ??
    byIssueAssignee(input, isProgram) ??
    byRequest(input, isProgram) ??
    byCoAuthor(input, isProgram)
  );
}
