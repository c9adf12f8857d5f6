import type { Actor } from "@/lib/events/schema";
import type { AgentRule } from "./rule-schema";
import { AGENT_RULES, PROGRAM_RULES } from "./rules";

/** What the rules know of one account or address. */
export interface KnownIdentity {
  role: "agent" | "automation" | "reviewer";
  key: string;
  name: string;
  /** Set for role `agent`. */
  agent: AgentRule | null;
  product: string | null;
  /** The identity also reviews code. */
  reviews: boolean;
  weak: boolean;
  assistOnly: boolean;
}

const byId = new Map<string, KnownIdentity>();
const byBotLogin = new Map<string, KnownIdentity>();
const byUserLogin = new Map<string, KnownIdentity>();
const byEmail = new Map<string, KnownIdentity>();

type Account = AgentRule["accounts"][number];

function index(identity: KnownIdentity, account: Account): void {
  if (account.id !== undefined) byId.set(String(account.id), identity);
  if (account.botLogin !== undefined) byBotLogin.set(account.botLogin, identity);
  if (account.userLogin !== undefined) byUserLogin.set(account.userLogin, identity);
}

for (const agent of AGENT_RULES.agents) {
  const base = { role: "agent" as const, key: agent.key, name: agent.name, agent };
  for (const account of agent.accounts) {
    index(
      {
        ...base,
        product: account.product ?? null,
        reviews: account.reviews ?? false,
        weak: account.weak ?? false,
        assistOnly: account.assistOnly ?? false,
      },
      account,
    );
  }
  for (const { email, product, weak } of agent.emails) {
    byEmail.set(email, {
      ...base,
      product: product ?? null,
      reviews: false,
      weak: weak ?? false,
      assistOnly: false,
    });
  }
}
for (const role of ["automation", "reviewers"] as const) {
  for (const { key, name, accounts, emails } of PROGRAM_RULES[role]) {
    const identity: KnownIdentity = {
      role: role === "automation" ? "automation" : "reviewer",
      key,
      name,
      agent: null,
      product: null,
      reviews: role === "reviewers",
      weak: false,
      assistOnly: false,
    };
    for (const account of accounts) index(identity, account);
    for (const email of emails) byEmail.set(email, identity);
  }
}

export const NO_REPLY_DOMAIN = "@users.noreply.github.com";

function ofLogin(login: string, id: string | null, isBot: boolean): KnownIdentity | null {
  const name = login.toLowerCase();
  const slug = name.endsWith("[bot]") ? name.slice(0, -5) : name;
  // An app's slug is unique on GitHub; its number is not always its own: `41898282+claude[bot]` carries the number
  // of GitHub Actions. So the slug of an app decides before the number.
  if (isBot || slug !== name) {
    const known = byBotLogin.get(slug);
    if (known !== undefined) return known;
  }
  if (id !== null) {
    const known = byId.get(id);
    if (known !== undefined) return known;
    // A number that no rule knows is another account, whatever its login was renamed to.
    return null;
  }
  return byUserLogin.get(name) ?? null;
}

/** The program that the shipped rules know behind an e-mail address: exact address, or the account of a GitHub no-reply address. */
export function shippedIdentityOfEmail(email: string): KnownIdentity | null {
  const address = email.toLowerCase();
  const known = byEmail.get(address);
  if (known !== undefined) return known;
  if (!address.endsWith(NO_REPLY_DOMAIN)) return null;
  const local = address.slice(0, -NO_REPLY_DOMAIN.length);
  const plus = local.indexOf("+");
  return plus === -1 ? ofLogin(local, null, false) : ofLogin(local.slice(plus + 1), local.slice(0, plus), false);
}

/** The program that the shipped rules know behind an actor: account first, then address. Never its display name. */
export function shippedIdentityOfActor(actor: Actor): KnownIdentity | null {
  const ofAccount =
    actor.login === null
      ? actor.id === null
        ? null
        : (byId.get(actor.id) ?? null)
      : ofLogin(actor.login, actor.id, actor.type === "bot");
  return ofAccount ?? (actor.email === null ? null : shippedIdentityOfEmail(actor.email));
}

const BOT_NAME = /\[bot\]$|[-_.]bot$/i;

/**
 * Whether a name, login or address is written the way programs are. Good enough to list it for an admin; never a
 * verdict.
 */
export function looksLikeBot(name: string | null, email: string | null, login: string | null): boolean {
  if (name?.endsWith("[bot]") || (login !== null && BOT_NAME.test(login))) return true;
  if (email === null) return false;
  const local = email.slice(0, Math.max(0, email.lastIndexOf("@")));
  return local.endsWith("[bot]");
}
