import type { KnownIdentity } from "./identities";
import type { AgentRule } from "./rule-schema";
import type { RuleSet } from "./rule-set";
import { AGENT_RULES } from "./rules";

/** One line of a message or body that names an agent, or a co-author whom the rules may know. */
export type LineHit =
  | { type: "co_author"; name: string; email: string; identity: KnownIdentity | null; quote: string }
  | {
      type: "trailer" | "assisted_by" | "marker";
      agent: AgentRule;
      product: string | null;
      weak: boolean;
      whole: boolean;
      quote: string;
    };

type Scope = "message" | "body";

interface TrailerRule {
  agent: AgentRule;
  value: RegExp;
  product: string | null;
}

const trailers = new Map<string, TrailerRule[]>();
const assisted = new Map<string, AgentRule>();
for (const agent of AGENT_RULES.agents) {
  for (const { key, value, product } of agent.trailers) {
    const rules = trailers.get(key.toLowerCase()) ?? [];
    rules.push({ agent, value: new RegExp(value, "i"), product: product ?? null });
    trailers.set(key.toLowerCase(), rules);
  }
  for (const name of agent.assistedBy) assisted.set(name, agent);
}

const CO_AUTHOR = "co-authored-by";
const ASSISTED = "assisted-by";

// Indentation, a list bullet, an emoji. No `>`: a quoted line is somebody else's text.
const LEAD = "[ \\t*•_-]*(?:[^\\x00-\\x7F]{1,4}[ \\t]?)?";

const markers = AGENT_RULES.agents.flatMap((agent) =>
  agent.markers.map((marker) => ({ agent, marker, regex: new RegExp(`^${LEAD}(?:${marker.pattern})`, "i") })),
);

/** Matches, at a line's start, every line that any rule may want; the rule itself then looks at that line. */
function linePattern(scope: Scope): RegExp {
  const keys = [...new Set([CO_AUTHOR, ASSISTED, ...trailers.keys()])];
  const starts = markers
    .filter(({ marker }) => scope === "body" || marker.in === "anywhere")
    .map(({ marker }) => marker.pattern);
  return new RegExp(`${LEAD}(?:(${keys.join("|")})[ \\t]*:[ \\t]*(\\S.*)|(?:${starts.join("|")}))`, "imy");
}

const PATTERN: Record<Scope, RegExp> = { message: linePattern("message"), body: linePattern("body") };

const quoted = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text);

function coAuthors(value: string, rules: RuleSet, hits: LineHit[]): void {
  // Several on one line happen when trailers are glued together.
  const found = [...value.matchAll(/([^<>]*)<([^<>\s]+@[^<>\s]+)>/g)];
  for (const [text, before = "", email = ""] of found) {
    const name = before.slice(before.lastIndexOf(":") + 1).trim();
    hits.push({ type: "co_author", name, email, identity: rules.identityOfEmail(email), quote: quoted(text.trim()) });
  }
  const bare = value.trim();
  if (found.length === 0 && /^\S+@\S+$/.test(bare)) {
    hits.push({ type: "co_author", name: "", email: bare, identity: rules.identityOfEmail(bare), quote: quoted(bare) });
  }
}

function trailerHit(key: string, value: string, line: string, own: RuleSet, hits: LineHit[]): void {
  if (key === CO_AUTHOR) {
    coAuthors(value, own, hits);
    return;
  }
  if (key === ASSISTED) {
    // `Assisted-by: <agent>:<model>`; without a colon it is a person, as curl has written since 2020.
    const colon = value.indexOf(":");
    const agent = colon === -1 ? undefined : assisted.get(value.slice(0, colon).trim().toLowerCase());
    if (agent === undefined) return;
    hits.push({ type: "assisted_by", agent, product: null, weak: true, whole: false, quote: quoted(line) });
    return;
  }
  for (const rule of trailers.get(key) ?? []) {
    if (!rule.value.test(value)) continue;
    const { agent, product } = rule;
    hits.push({ type: "trailer", agent, product, weak: false, whole: false, quote: quoted(line) });
  }
}

/** The text as its author meant it: `\n` spelled out by a shell is a line end, and code fences hold examples. */
function readable(text: string): string {
  const lines = text.includes("\\n") ? text.replaceAll("\\n", "\n") : text;
  return lines.includes("```") ? lines.replace(/^[ \t]*```[\s\S]*?(?:^[ \t]*```|$(?![\s\S]))/gm, "") : lines;
}

// Shorter lines cannot hold a mark: `Made-with: Cursor` is the shortest.
const SHORTEST = 12;

function readLine(match: RegExpExecArray, line: string, scope: Scope, rules: RuleSet, hits: LineHit[]): void {
  const [, key, value] = match;
  if (key !== undefined && value !== undefined) {
    trailerHit(key.toLowerCase(), value.trimEnd(), line, rules, hits);
    return;
  }
  for (const { agent, marker, regex } of markers) {
    if (scope === "message" && marker.in === "body") continue;
    if (!regex.test(line)) continue;
    const { product = null, weak, whole } = marker;
    hits.push({ type: "marker", agent, product, weak, whole, quote: quoted(line) });
  }
}

/**
 * Every line of `text` that bears a mark: trailers anywhere (any case, indented, bulleted, glued to the text), and
 * marker lines. `body` also looks for what agents write into pull request descriptions.
 */
export function scanLines(text: string, scope: Scope, rules: RuleSet): LineHit[] {
  const hits: LineHit[] = [];
  const lines = readable(text);
  const pattern = PATTERN[scope];
  for (let start = 0; start < lines.length; ) {
    const newline = lines.indexOf("\n", start);
    const end = newline === -1 ? lines.length : newline;
    pattern.lastIndex = start;
    const match = end - start < SHORTEST ? null : pattern.exec(lines);
    if (match !== null) readLine(match, lines.slice(start, end).trim(), scope, rules, hits);
    start = end + 1;
  }
  return hits;
}
