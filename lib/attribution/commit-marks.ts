import type { Confidence } from "@/lib/core/dimensions";
import type { Signature } from "@/lib/events/schema";
import type { KnownIdentity } from "./rules/identities";
import { scanLines } from "./rules/line-rules";
import type { AgentRule } from "./rules/rule-schema";
import type { RuleSet } from "./rules/rule-set";
import { AGENT_RULES } from "./rules/rules";
import { isAcceptedSuggestion } from "./suggestion";
import type { CommitText } from "./types";

/** One reason to say that an agent had a hand in a commit. */
export interface Mark {
  agent: AgentRule;
  /** First part of the evidence rule name: author, committer, trailer, session, footer, assisted_by. */
  kind: string;
  confidence: Exclude<Confidence, "none">;
  /** The agent made it, as opposed to helped. */
  whole: boolean;
  /** Says "helped" even when every commit carries it. */
  assistOnly: boolean;
  product: string | null;
  quote: string;
}

/** What one text or commit says: marks of agents, reviewers whose suggestion it holds, and names no rule knows. */
export interface Marks {
  marks: Mark[];
  suggestions: string[];
  strangers: { name: string; email: string }[];
}

const commitNames = AGENT_RULES.agents.flatMap((agent) =>
  agent.commitNames.map((pattern) => ({ agent, regex: new RegExp(pattern) })),
);

/** The mark of a commit's author or committer; null for people, and for programs that are no agents. */
function signatureMark(
  signature: Signature,
  identity: KnownIdentity | null,
  kind: "author" | "committer",
): Mark | null {
  if (identity?.agent != null) {
    const quote = quoteOf(signature);
    const mark = identityMark(identity, identity.agent, kind, quote, kind === "author" ? "certain" : "strong");
    // Whoever rebases or cherry-picks a person's commit becomes its committer, not its author.
    return kind === "author" ? mark : { ...mark, assistOnly: true };
  }
  for (const { agent, regex } of commitNames) {
    if (!regex.test(signature.name)) continue;
    const quote = quoteOf(signature);
    return { agent, kind, confidence: "strong", whole: false, assistOnly: false, product: null, quote };
  }
  return null;
}

const quoteOf = ({ name, email }: Signature): string => `${name} <${email}>`;

function identityMark(
  identity: KnownIdentity,
  agent: AgentRule,
  kind: string,
  quote: string,
  confidence: Mark["confidence"],
): Mark {
  const { product, weak, assistOnly } = identity;
  return { agent, kind, confidence: weak ? "weak" : confidence, whole: false, assistOnly, product, quote };
}

const KIND_OF_LINE = { trailer: "session", assisted_by: "assisted_by", marker: "footer" } as const;

/**
 * Reads the marks of a message or body. `suggested`: the text belongs to an accepted suggestion, where the trailer of
 * a program that also reviews is its suggestion and not its work.
 */
export function textMarks(text: string, scope: "message" | "body", suggested: boolean, rules: RuleSet): Marks {
  const found: Marks = { marks: [], suggestions: [], strangers: [] };
  for (const hit of scanLines(text, scope, rules)) {
    if (hit.type !== "co_author") {
      const { agent, product, weak, whole, quote } = hit;
      const assistOnly = hit.type === "assisted_by";
      found.marks.push({
        agent,
        kind: KIND_OF_LINE[hit.type],
        confidence: weak ? "weak" : "strong",
        whole,
        assistOnly,
        product,
        quote,
      });
      continue;
    }
    const { identity, name, email, quote } = hit;
    if (identity === null) {
      if (!rules.isPerson({ login: null, email })) found.strangers.push({ name, email });
    } else if (identity.role === "reviewer" || (suggested && identity.reviews)) {
      found.suggestions.push(identity.key);
    } else if (identity.agent !== null) {
      found.marks.push(identityMark(identity, identity.agent, "trailer", quote, "strong"));
    }
  }
  return found;
}

function reviewerAuthor(author: Signature, identity: KnownIdentity | null, found: Marks, rules: RuleSet): void {
  if (identity?.role === "reviewer") found.suggestions.push(identity.key);
  else if (identity === null && !rules.isPerson({ login: null, email: author.email })) found.strangers.push(author);
}

/** Every mark of one commit: who wrote it, who committed it, and what its message says. */
export function commitMarks(commit: CommitText, rules: RuleSet): Marks {
  const found = textMarks(commit.message, "message", isAcceptedSuggestion(commit), rules);
  const identity = rules.identityOfEmail(commit.author.email);
  const author = signatureMark(commit.author, identity, "author");
  if (author !== null) found.marks.push(author);
  else reviewerAuthor(commit.author, identity, found, rules);
  if (commit.committer.email !== commit.author.email || commit.committer.name !== commit.author.name) {
    const committer = signatureMark(commit.committer, rules.identityOfEmail(commit.committer.email), "committer");
    if (committer !== null && committer.agent !== author?.agent) found.marks.push(committer);
  }
  return found;
}
