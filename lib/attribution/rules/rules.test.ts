import { describe, expect, it } from "vitest";
import agents from "./agents.json";
import { categoryNamed } from "./category-rules";
import {
  shippedIdentityOfActor as identityOfActor,
  shippedIdentityOfEmail as identityOfEmail,
  looksLikeBot,
} from "./identities";
import { agentRulesSchema, programRulesSchema } from "./rule-schema";
import { AGENT_RULES, PROGRAM_RULES } from "./rules";

const emails = [
  ...AGENT_RULES.agents.flatMap((agent) => agent.emails.map(({ email }) => email)),
  ...[...PROGRAM_RULES.automation, ...PROGRAM_RULES.reviewers].flatMap((program) => program.emails),
];

describe("the shipped rules", () => {
  it("name every address, bot slug and account once", () => {
    expect(new Set(emails).size).toBe(emails.length);
    const accounts = [
      ...AGENT_RULES.agents.flatMap((agent) => agent.accounts.map((account) => ({ ...account, key: agent.key }))),
      ...[...PROGRAM_RULES.automation, ...PROGRAM_RULES.reviewers].flatMap((program) =>
        program.accounts.map((account) => ({ ...account, key: program.key })),
      ),
    ];
    const slugs = accounts.flatMap(({ botLogin }) => botLogin ?? []);
    expect(new Set(slugs).size).toBe(slugs.length);
    // One number may have had two slugs (Roomote), but never two owners.
    const ownerOf = new Map<number, string>();
    for (const { id, key } of accounts) {
      if (id === undefined) continue;
      expect(ownerOf.get(id) ?? key).toBe(key);
      ownerOf.set(id, key);
    }
  });

  it("hold addresses in lower case, in the form they are looked up", () => {
    for (const email of emails) expect(identityOfEmail(email.toUpperCase())).not.toBeNull();
  });

  it("give every agent at least one way to be seen, with a source", () => {
    for (const agent of AGENT_RULES.agents) {
      const ways = [
        agent.accounts,
        agent.emails,
        agent.trailers,
        agent.markers,
        agent.branches,
        agent.commitNames,
        agent.labels,
      ];
      expect(ways.flat().length, agent.key).toBeGreaterThan(0);
      expect(agent.source.length, agent.key).toBeGreaterThan(0);
    }
  });

  it("are refused when they are malformed", () => {
    const [first] = agents.agents;
    const twice = { ...agents, agents: [first, first] };
    expect(agentRulesSchema.safeParse(twice).success).toBe(false);
    const badPattern = { ...agents, agents: [{ ...first, branches: [{ pattern: "(" }] }] };
    expect(agentRulesSchema.safeParse(badPattern).success).toBe(false);
    const domain = { automation: [{ key: "x", name: "x", accounts: [], emails: ["@x.com"] }], reviewers: [] };
    expect(programRulesSchema.safeParse(domain).success).toBe(false);
    const nobody = { automation: [{ key: "x", name: "x", accounts: [{}], emails: [] }], reviewers: [] };
    expect(programRulesSchema.safeParse(nobody).success).toBe(false);
  });
});

describe("identities", () => {
  it.each([
    ["198982749+Copilot@users.noreply.github.com", "agent copilot"],
    ["223556219+Copilot@users.noreply.github.com", "agent copilot"],
    ["175728472+Copilot@users.noreply.github.com", "reviewer copilot_review"],
    ["62310815+github-advanced-security[bot]@users.noreply.github.com", "reviewer github_advanced_security"],
    ["41898282+github-actions[bot]@users.noreply.github.com", "automation github_actions"],
    ["41898282+claude[bot]@users.noreply.github.com", "agent claude_code"],
    ["209825114+claude[bot]@users.noreply.github.com", "agent claude_code"],
    ["dotnet-maestro[bot]@users.noreply.github.com", "automation dotnet_maestro"],
    ["cline-agent@users.noreply.github.com", "agent cline"],
    ["276134852+cline-cloud[bot]@users.noreply.github.com", "agent cline"],
    ["219738659+roomote-v0[bot]@users.noreply.github.com", "agent roo"],
    ["218312386+gemini-cli[bot]@users.noreply.github.com", "agent gemini_cli"],
    ["gemini-cli-robot@google.com", "automation gemini_cli_robot"],
    ["accounts+githubbot@langfuse.com", "automation langfuse_bot"],
    ["code@blackbox.ai", "agent blackbox"],
  ])("%s is %s", (email, expected) => {
    const identity = identityOfEmail(email);
    expect(`${identity?.role} ${identity?.key}`).toBe(expected);
  });

  it.each([
    "boris@anthropic.com",
    "paul@aider.chat",
    "h19d46a8785@cline.bot",
    "12345+claude@users.noreply.github.com",
    "devin@users.noreply.github.com",
    "12345+Copilot@users.noreply.github.com",
    "noreply@github.com",
    "noreply@anthropic.com.example.org",
    "xnoreply@anthropic.com",
  ])("%s is nobody's", (email) => {
    expect(identityOfEmail(email)).toBeNull();
  });

  it("knows an actor by number when the login changed, and by address when there is no account", () => {
    const nobody = { type: "unknown" as const, id: null, login: null, name: null, email: null };
    expect(identityOfActor({ ...nobody, id: "49699333", login: "renamed[bot]" })?.key).toBe("dependabot");
    expect(identityOfActor({ ...nobody, email: "cursoragent@cursor.com" })?.key).toBe("cursor");
    expect(identityOfActor({ ...nobody, name: "Claude" })).toBeNull();
    expect(identityOfActor(nobody)).toBeNull();
  });

  it("tells what is written like a program", () => {
    expect(looksLikeBot("x", "1+acme[bot]@users.noreply.github.com", null)).toBe(true);
    expect(looksLikeBot(null, null, "acme-bot")).toBe(true);
    expect(looksLikeBot("Acme[bot]", null, null)).toBe(true);
    expect(looksLikeBot("Alec Talbot", "talbot@example.com", "talbot")).toBe(false);
  });
});

describe("categoryNamed", () => {
  it("reads names however they are spaced", () => {
    expect(categoryNamed(" Cross-Service Refactor ")).toBe("cross_module_refactor");
    expect(categoryNamed("bug")).toBeUndefined();
  });
});
