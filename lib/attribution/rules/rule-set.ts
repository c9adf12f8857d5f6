import type { Category } from "@/lib/core/dimensions";
import { CATEGORIES } from "@/lib/core/dimensions";
import { isProductionName } from "@/lib/core/environments";
import { NO_OWN_RULES, type OwnRules } from "@/lib/core/own-rules";
import type { Actor } from "@/lib/events/schema";
import { compilePathPattern } from "../path-pattern";
import { type KnownIdentity, NO_REPLY_DOMAIN, shippedIdentityOfActor, shippedIdentityOfEmail } from "./identities";
import { normaliseLabel } from "./normalise-label";
import type { AgentRule } from "./rule-schema";
import { AGENT_RULES } from "./rules";

const agentByKey = new Map(AGENT_RULES.agents.map((agent) => [agent.key, agent]));

interface SignedPattern {
  regex: RegExp;
  /** As it was written, without `!`. */
  text: string;
  takesIn: boolean;
}

function signed(pattern: string, compile: (text: string) => RegExp): SignedPattern {
  const takesIn = !pattern.startsWith("!");
  const text = takesIn ? pattern : pattern.slice(1).trim();
  return { regex: compile(text), text, takesIn };
}

/** Environments and branches are names, not paths: `*` stands for anything. */
function compileName(text: string): RegExp {
  const source = text
    .split("*")
    .map((part) => part.replace(/[.+^${}()|[\]\\?]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${source}$`, "is");
}

/** The last pattern that matches decides, as in CODEOWNERS; undefined where none does. */
const lastOf = (patterns: readonly SignedPattern[], text: string): SignedPattern | undefined =>
  patterns.findLast(({ regex }) => regex.test(text));

/** What an account is by a rule; null for a person, undefined where it names an agent that the product no longer knows. */
function identityAs(is: OwnRules["accounts"][number]["is"], account: string): KnownIdentity | null | undefined {
  const base = { key: account, name: account, agent: null, product: null, reviews: false };
  const plain = { ...base, weak: false, assistOnly: false };
  if (is === "person") return null;
  if (is === "automation") return { ...plain, role: "automation" };
  if (is === "reviewer") return { ...plain, role: "reviewer", reviews: true };
  const agent = agentByKey.get(is);
  return agent && { ...plain, role: "agent", key: agent.key, name: agent.name, agent };
}

/**
 * The rules by which an organisation's work is attributed: what it says itself where it says something, what is shipped
 * elsewhere. Of an agent that the product no longer knows nothing is said.
 */
export class RuleSet {
  private readonly accounts: ReadonlyMap<string, KnownIdentity | null>;
  private readonly labels: ReadonlyMap<string, OwnRules["labels"][number]["is"]>;
  private readonly categories: Record<"label" | "title", ReadonlyMap<string, Category>>;
  private readonly categoryPaths: { regex: RegExp; category: Category; text: string }[];
  private readonly sensitive: SignedPattern[];
  private readonly generated: SignedPattern[];
  private readonly production: SignedPattern[];
  private readonly excluded: { where: "head" | "base"; regex: RegExp; text: string }[];

  constructor(readonly own: OwnRules) {
    this.accounts = new Map(
      own.accounts.flatMap(({ account, is }) => {
        const identity = identityAs(is, account);
        return identity === undefined ? [] : [[account.replace(/\[bot\]$/, ""), identity] as const];
      }),
    );
    this.labels = new Map(own.labels.map(({ is, label }) => [normaliseLabel(label), is]));
    const said = (by: "label" | "title") =>
      new Map(own.categories.filter((one) => one.by === by).map((one) => [nameOf(by, one.value), one.category]));
    this.categories = { label: said("label"), title: said("title") };
    this.categoryPaths = own.categories.flatMap(({ by, category, value }) =>
      by === "path" ? [{ regex: compilePathPattern(value), category, text: value }] : [],
    );
    this.sensitive = own.sensitivePaths.map((text) => signed(text, compilePathPattern));
    this.generated = own.generatedFiles.map((text) => signed(text, compilePathPattern));
    this.production = own.productionEnvironments.map((text) => signed(text, compileName));
    this.excluded = own.excludedBranches.map(({ pattern, where }) => ({
      where,
      regex: compileName(pattern),
      text: pattern,
    }));
  }

  /** The program behind an e-mail address: exact address, or the account of a GitHub no-reply address. */
  identityOfEmail(email: string): KnownIdentity | null {
    const own = this.ownOf({ login: null, email });
    return own === undefined ? shippedIdentityOfEmail(email) : own;
  }

  /** The program behind an actor: account first, then address. Never its display name. */
  identityOfActor(actor: Actor): KnownIdentity | null {
    const own = this.ownOf(actor);
    return own === undefined ? shippedIdentityOfActor(actor) : own;
  }

  /** Whether the organisation says that somebody is a person, whatever the account looks like. */
  isPerson(who: Pick<Actor, "login" | "email">): boolean {
    return this.ownOf(who) === null;
  }

  private ownOf({ email, login }: Pick<Actor, "login" | "email">): KnownIdentity | null | undefined {
    if (this.accounts.size === 0) return undefined;
    const name = login?.toLowerCase().replace(/\[bot\]$/, "");
    if (name !== undefined && this.accounts.has(name)) return this.accounts.get(name);
    const address = email?.toLowerCase();
    if (address === undefined) return undefined;
    return this.accounts.has(address) ? this.accounts.get(address) : this.ofNoReply(address);
  }

  /** What is said of the account of a GitHub no-reply address. */
  private ofNoReply(address: string): KnownIdentity | null | undefined {
    if (!address.endsWith(NO_REPLY_DOMAIN)) return undefined;
    const local = address.slice(0, -NO_REPLY_DOMAIN.length);
    return this.accounts.get(local.slice(local.indexOf("+") + 1).replace(/\[bot\]$/, ""));
  }

  /** The agent whose branches begin as this one does, with what it begins with; the longest beginning decides. */
  branchOf(headRef: string): { agent: AgentRule; prefix: string } | null {
    let best: { agent: AgentRule; prefix: string } | null = null;
    for (const { agent: key, prefix } of this.own.branches) {
      const agent = agentByKey.get(key);
      if (agent === undefined || !headRef.startsWith(prefix)) continue;
      if (best === null || prefix.length > best.prefix.length) best = { agent, prefix };
    }
    return best;
  }

  /** What a label says of who made it: an agent, or a way of working; undefined where the organisation says nothing. */
  labelOf(label: string): AgentRule | "agent" | "assisted" | undefined {
    const is = this.labels.get(normaliseLabel(label));
    return is === "agent" || is === "assisted" || is === undefined ? is : agentByKey.get(is);
  }

  /** The kind of work that a label or the type of a title names. */
  categoryOf(by: "label" | "title", name: string): Category | undefined {
    return this.categories[by].get(nameOf(by, name));
  }

  /** The riskiest kind of work that changed paths tell, with the pattern and the path. */
  categoryOfPaths(paths: readonly string[]): { category: Category; pattern: string; path: string } | null {
    let best: { category: Category; pattern: string; path: string } | null = null;
    for (const { category, regex, text } of this.categoryPaths) {
      const path = paths.find((one) => regex.test(one));
      if (path === undefined) continue;
      if (best === null || CATEGORIES.indexOf(category) > CATEGORIES.indexOf(best.category)) {
        best = { category, pattern: text, path };
      }
    }
    return best;
  }

  /** The pattern that makes a path sensitive, false where one says that it is not, undefined where none speaks. */
  sensitiveBy(path: string): string | false | undefined {
    const found = lastOf(this.sensitive, path);
    return found === undefined ? undefined : found.takesIn && found.text;
  }

  /** Whether nobody wrote a file; undefined where the organisation says nothing of it. */
  isGenerated(path: string): boolean | undefined {
    return lastOf(this.generated, path)?.takesIn;
  }

  /** The rule that leaves out a pull request for its branches. */
  excludedBy(headRef: string | null, baseRef: string): { where: "head" | "base"; text: string } | null {
    const found = this.excluded.find(({ regex, where }) => {
      const ref = where === "head" ? headRef : baseRef;
      return ref !== null && regex.test(ref);
    });
    return found ?? null;
  }

  /** Whether an environment is one that users use. */
  isProduction(environment: string): boolean {
    return lastOf(this.production, environment)?.takesIn ?? isProductionName(environment);
  }
}

/** Labels are compared as their own rules spell them, types of titles by letter alone. */
const nameOf = (by: "label" | "title", name: string): string =>
  by === "label" ? normaliseLabel(name) : name.trim().toLowerCase();

/** The rules of an organisation that says nothing itself. */
export const SHIPPED_RULES = new RuleSet(NO_OWN_RULES);

const compiled = new Map<string, RuleSet>();
/** Few organisations, and few versions of each, are in use at a time. */
const KEPT = 50;

/** The rules of an organisation, made once for the same words. */
export function ruleSetOf(own: OwnRules | null): RuleSet {
  if (own === null) return SHIPPED_RULES;
  const key = JSON.stringify(own);
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const made = new RuleSet(own);
  if (compiled.size >= KEPT) compiled.clear();
  compiled.set(key, made);
  return made;
}
