import type { AuthorKind, Confidence } from "@/lib/core/dimensions";
import { RULE_VERSION } from "./agents";
import { branchHit } from "./branch-rules";
import { commitMarks, type Mark, textMarks } from "./commit-marks";
import { landedMarks } from "./landed-marks";
import { MarkLedger } from "./mark-ledger";
import { type Opener, openerOf, peopleOf, unknownBotsOf } from "./pull-request-people";
import type { KnownIdentity } from "./rules/identities";
import { normaliseLabel } from "./rules/normalise-label";
import { type RuleSet, SHIPPED_RULES } from "./rules/rule-set";
import { AGENT_RULES } from "./rules/rules";
import type { AuthorshipVerdict, CommitText, Evidence, PullRequestInput } from "./types";

const agentLabels = new Map(
  AGENT_RULES.agents.flatMap((agent) => agent.labels.map((label) => [label, agent] as const)),
);
const kindLabels = new Map(AGENT_RULES.labels.map(({ label, kind }) => [label, kind] as const));

interface Reading {
  rules: RuleSet;
  ledger: MarkLedger;
  /** Own non-merge commits; those landed for a rebase, which are the same commits. */
  own: CommitText[];
  /** Of these, how many carry a mark, and how many one that says more than "helped". */
  marked: number;
  firm: number;
  /** Their added lines, null when not all are known. */
  lines: { marked: number; all: number } | null;
}

/** Says more than that an agent helped. */
const isFirm = ({ assistOnly }: Mark): boolean => !assistOnly;

function readOwnCommits(input: PullRequestInput, rules: RuleSet): Reading {
  const source = input.own.length === 0 && input.mergeKind === "rebase" ? input.landed : input.own;
  const own = source.filter((commit) => !commit.isMerge);
  const ledger = new MarkLedger();
  let marked = 0;
  let firm = 0;
  const lines = { marked: 0, all: 0 };
  let linesKnown = own.length > 0;
  for (const commit of own) {
    const found = commitMarks(commit, rules);
    ledger.addCommit(found, commit.sha);
    if (found.marks.length > 0) marked += 1;
    if (found.marks.some(isFirm)) firm += 1;
    if (commit.additions === null) linesKnown = false;
    else {
      lines.all += commit.additions;
      if (found.marks.length > 0) lines.marked += commit.additions;
    }
  }
  return { rules, ledger, own, marked, firm, lines: linesKnown && lines.all > 0 ? lines : null };
}

const allOf = (total: number): string =>
  total === 1 ? "Its only own commit carries" : `All ${total} of its own commits carry`;

/** A mark on the pull request itself. */
const mark = (
  agent: Mark["agent"],
  kind: string,
  quote: string,
  { confidence = "weak", whole = false, product = null }: Partial<Pick<Mark, "confidence" | "whole" | "product">> = {},
): Mark => ({ agent, kind, confidence, whole, assistOnly: false, product, quote });

function addPullRequestMarks(input: PullRequestInput, reading: Reading, opener: KnownIdentity | null): void {
  const { ledger, rules } = reading;
  if (input.headRef !== null) {
    const hit = branchHit(input.headRef, () => peopleOf(input, rules), rules);
    if (hit !== null)
      ledger.add(mark(hit.agent, "branch", hit.quote, { product: hit.product, whole: true }), "headRef");
  }
  for (const label of input.labels) {
    const own = rules.labelOf(label);
    const agent = own === undefined ? agentLabels.get(normaliseLabel(label)) : own;
    if (typeof agent === "object") ledger.add(mark(agent, "label", label), "labels");
  }
  // Descriptions that bots write quote release notes and commits of other projects.
  if (input.body === null || opener?.role === "automation") return;
  const body = input.body.trim();
  // A source that has no description of its own repeats the landed message, which is read with its commits told apart.
  if (input.landed.some((commit) => commit.message.trimEnd().endsWith(body))) return;
  ledger.addText(textMarks(body, "body", false, rules), "body");
}

function addLandedMarks(input: PullRequestInput, reading: Reading, opener: KnownIdentity | null): void {
  if (input.mergeKind !== "squash") return;
  for (const commit of input.landed) {
    const found = landedMarks(commit, input, reading.ledger, reading.rules);
    // Release notes in a bot's squash message bear other people's footers; its trailers are still trailers.
    const marks = opener?.role === "automation" ? found.marks.filter(({ kind }) => kind !== "footer") : found.marks;
    reading.ledger.addText({ ...found, marks }, commit.sha);
  }
}

interface Decision {
  kind: AuthorKind;
  confidence: Confidence;
  evidence: Evidence[];
}

function say(rule: string, text: string, quote?: string, at?: string): Evidence {
  const evidence: Evidence = { rule, text };
  if (quote !== undefined) evidence.quote = quote.slice(0, 200);
  if (at !== undefined) evidence.at = at;
  return evidence;
}

function decideByMarks(reading: Reading, openedByAgent: boolean): Decision {
  const { ledger, own, marked, firm } = reading;
  const confidence = ledger.confidence();
  const total = own.length;
  if (openedByAgent) {
    return { kind: "agent", confidence, evidence: [say("author", "The account that opened it is an agent's.")] };
  }
  if (total > 0 && firm === total) {
    const text = `${allOf(total)} an agent's mark.`;
    return { kind: "agent", confidence, evidence: [say("commits:all", text)] };
  }
  if (marked > 0) {
    const text =
      marked === total
        ? `${allOf(total)} a mark that says an agent helped.`
        : `${marked} of its ${total} own commits carry an agent's mark.`;
    return { kind: "assisted", confidence, evidence: [say("commits:some", text)] };
  }
  if (ledger.hasWhole()) {
    const commits = total === 0 ? "its commits are not known" : "its commits carry no mark";
    const text = `The branch or description is the agent's; ${commits}, so nothing else can confirm it.`;
    return { kind: "agent", confidence, evidence: [say("whole", text)] };
  }
  const text =
    total === 0
      ? "The branch's commits are not known, and one message cannot say whether the agent wrote all of it or some."
      : `None of its ${total} own commits carries the mark; the pull request as a whole does.`;
  return { kind: "assisted", confidence, evidence: [say("squash:some", text)] };
}

function decideUnmarked(input: PullRequestInput, reading: Reading, opener: Opener | null): Decision {
  for (const label of input.labels) {
    const said = reading.rules.labelOf(label) ?? kindLabels.get(normaliseLabel(label));
    if (said !== "agent" && said !== "assisted") continue;
    const kind = said;
    return { kind, confidence: "weak", evidence: [say(`label:${kind}`, "A label says so; no agent is named.", label)] };
  }
  if (opener?.identity?.role === "automation") {
    const text = `${opener.identity.name} is on the automation list.`;
    return { kind: "automation", confidence: "certain", evidence: [say("automation", text, opener.quote, opener.at)] };
  }
  const { own } = reading;
  const first = own[0];
  if (opener === null && first !== undefined) {
    const names = new Set(own.map(({ author }) => reading.rules.identityOfEmail(author.email)));
    if ([...names].every((identity) => identity?.role === "automation")) {
      const quote = `${first.author.name} <${first.author.email}>`;
      const text = "All of its own commits are by programs on the automation list.";
      return {
        kind: "automation",
        confidence: "certain",
        evidence: [say("automation:commits", text, quote, first.sha)],
      };
    }
  }
  if (opener?.unknownBot) return unknownBot(opener);
  const text =
    own.length === 0
      ? "No agent's mark on the landed message or the pull request; its own commits are not known."
      : `No agent's mark on any of its ${own.length} own commits, the landed message or the pull request.`;
  return { kind: "human", confidence: own.length === 0 ? "weak" : "strong", evidence: [say("human", text)] };
}

/**
 * An author that is written like a program and that no rule knows. Guessing "automation" would take it out of every
 * rate and guessing "agent" would credit nobody, so it stays with what is left, and says that nothing is known.
 */
function unknownBot(opener: Opener): Decision {
  const text = "Its author is written like a program that no rule knows: counted with people until an admin decides.";
  return { kind: "human", confidence: "none", evidence: [say("unknown_bot", text, opener.quote, opener.at)] };
}

/**
 * Lines of marked commits over lines of all own commits; by commits where line counts are not known. An agent's pull
 * request without known or marked commits is its own (1); an assisted one cannot be split (null).
 */
function lineShareOf(kind: AuthorKind, { own, marked, lines }: Reading): number | null {
  if (kind === "human" || kind === "automation") return 0;
  if (marked > 0) return lines === null ? marked / own.length : lines.marked / lines.all;
  return kind === "agent" ? 1 : null;
}

/**
 * Who wrote a merged pull request (metrics.md G4). Every signal is kept as evidence; the kind follows from, in order:
 * the account that opened it; the marks on its own non-merge commits (all: agent, some:
 * assisted); a branch or description that only the agent writes; marks on the squash message or description alone
 * (assisted: one message cannot tell all from some); a label; the automation list; else human. An agent's work
 * committed without a mark under a person's name cannot be seen, so agent shares are lower bounds.
 */
export function attributeAuthorship(input: PullRequestInput, rules: RuleSet = SHIPPED_RULES): AuthorshipVerdict {
  const reading = readOwnCommits(input, rules);
  const { ledger } = reading;
  const opener = openerOf(input, rules);
  const identity = opener?.identity ?? null;
  if (opener !== null && identity?.agent != null) {
    const { product, weak } = identity;
    const confidence = weak ? "weak" : "certain";
    ledger.add(mark(identity.agent, "account", opener.quote, { product, confidence, whole: true }), opener.at);
  }
  addLandedMarks(input, reading, identity);
  addPullRequestMarks(input, reading, identity);
  const { kind, confidence, evidence } = ledger.isEmpty()
    ? decideUnmarked(input, reading, opener)
    : decideByMarks(reading, identity?.agent != null);
  return {
    kind,
    confidence,
    evidence,
    agents: ledger.verdicts(reading.own.length),
    suggestions: ledger.suggestions(),
    unknownBots: unknownBotsOf(input, ledger.strangers, rules),
    agentLineShare: lineShareOf(kind, reading),
    ruleVersion: RULE_VERSION,
  };
}
