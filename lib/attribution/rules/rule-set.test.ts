import { describe, expect, it } from "vitest";
import { NO_OWN_RULES, type OwnRules, ownRulesSchema } from "@/lib/core/own-rules";
import { ruleSetOf, SHIPPED_RULES } from "./rule-set";

const rules = (own: Partial<OwnRules>) => ruleSetOf(ownRulesSchema.parse({ ...NO_OWN_RULES, ...own }));
const actor = (login: string | null, email: string | null = null, type: "bot" | "user" = "user") => ({
  type,
  id: null,
  login,
  name: null,
  email,
});

describe("accounts", () => {
  const own = rules({
    accounts: [
      { account: "acme-coder[bot]", is: "in_house" },
      { account: "Release@acme.example", is: "automation" },
      { account: "robot", is: "person" },
      { account: "claude", is: "reviewer" },
      { account: "noreply@anthropic.com", is: "person" },
    ],
  });

  it("are found by login, by address, and by GitHub's address of a login", () => {
    expect(own.identityOfActor(actor("acme-coder[bot]", null, "bot"))).toMatchObject({
      role: "agent",
      key: "in_house",
      agent: { name: "In-house agent" },
    });
    expect(own.identityOfActor(actor("Acme-Coder"))?.key).toBe("in_house");
    expect(own.identityOfEmail("12345+acme-coder[bot]@users.noreply.github.com")?.key).toBe("in_house");
    expect(own.identityOfEmail("acme-coder@users.noreply.github.com")?.key).toBe("in_house");
    expect(own.identityOfEmail("RELEASE@acme.example")?.role).toBe("automation");
    expect(own.identityOfEmail("somebody@acme.example")).toBeNull();
  });

  it("stand before the shipped ones, and a person is nobody's program", () => {
    expect(SHIPPED_RULES.identityOfActor(actor("claude[bot]", null, "bot"))?.role).toBe("agent");
    expect(own.identityOfActor(actor("claude[bot]", null, "bot"))?.role).toBe("reviewer");
    expect(own.identityOfEmail("noreply@anthropic.com")).toBeNull();
    expect(own.isPerson(actor("robot", null, "bot"))).toBe(true);
    expect(own.isPerson(actor("robots", null, "bot"))).toBe(false);
    expect(SHIPPED_RULES.isPerson(actor("robot"))).toBe(false);
  });

  it("of an agent that the product no longer knows say nothing", () => {
    const old = rules({ accounts: [{ account: "claude", is: "gone_agent" }] });
    expect(old.identityOfActor(actor("claude[bot]", null, "bot"))).toMatchObject({ role: "agent", key: "claude_code" });
    expect(old.isPerson(actor("claude"))).toBe(false);
  });

  it("that speak of the same one twice, or of nothing that is an account, are refused", () => {
    const refusal = (accounts: object[]) =>
      ownRulesSchema.safeParse({ ...NO_OWN_RULES, accounts }).error?.issues.map(({ path, message }) => [path, message]);
    expect(
      refusal([
        { account: "a", is: "person" },
        { account: "A", is: "automation" },
      ]),
    ).toEqual([[["accounts", 1], "There is a rule of this already."]]);
    expect(
      refusal([
        { account: "coder", is: "person" },
        { account: "coder[bot]", is: "automation" },
      ])?.[0]?.[0],
    ).toEqual(["accounts", 1]);
    expect(refusal([{ account: "two words", is: "person" }])?.[0]?.[0]).toEqual(["accounts", 0, "account"]);
    expect(refusal([{ account: "", is: "person" }])?.[0]?.[0]).toEqual(["accounts", 0, "account"]);
    expect(refusal([{ account: "a", is: "Not a key" }])?.[0]?.[0]).toEqual(["accounts", 0, "is"]);
  });
});

describe("patterns", () => {
  it("decide by the last one that matches, and ! takes out what is shipped too", () => {
    const own = rules({
      generatedFiles: ["/api/client/", "!/api/client/keep.ts", "!package-lock.json"],
      sensitivePaths: ["/billing/**", "!src/auth/docs/"],
    });
    expect(own.isGenerated("api/client/x.ts")).toBe(true);
    expect(own.isGenerated("api/client/keep.ts")).toBe(false);
    expect(own.isGenerated("package-lock.json")).toBe(false);
    expect(own.isGenerated("src/a.ts")).toBeUndefined();
    expect(own.sensitiveBy("billing/rates.ts")).toBe("/billing/**");
    expect(own.sensitiveBy("src/auth/docs/a.ts")).toBe(false);
    expect(own.sensitiveBy("src/auth/a.ts")).toBeUndefined();
  });

  it("of names know stars and no other signs", () => {
    const own = rules({
      productionEnvironments: ["customer-*", "!production-preview"],
      excludedBranches: [
        { where: "head", pattern: "sync/*" },
        { where: "base", pattern: "v1.x" },
      ],
    });
    expect(
      ["customer-eu", "CUSTOMER-US", "production", "production-preview", "staging"].map((name) =>
        own.isProduction(name),
      ),
    ).toEqual([true, true, true, false, false]);
    expect(own.excludedBy("sync/a/b", "main")).toMatchObject({ where: "head" });
    expect(own.excludedBy("my/sync/a", "main")).toBeNull();
    expect(own.excludedBy(null, "v1.x")).toMatchObject({ where: "base" });
    expect(own.excludedBy(null, "v1-x")).toBeNull();
  });

  it("are refused empty and where they could take for ever", () => {
    const parse = (generatedFiles: string[]) => ownRulesSchema.safeParse({ ...NO_OWN_RULES, generatedFiles }).success;
    expect([parse(["!"]), parse([" "]), parse(["a*".repeat(9)]), parse(["a*".repeat(8)])]).toEqual([
      false,
      false,
      false,
      true,
    ]);
    const own = rules({ generatedFiles: ["*a*a*a*a*a*a*a*b"] });
    const started = process.cpuUsage().user;
    expect(own.isGenerated("a".repeat(40))).toBeUndefined();
    expect((process.cpuUsage().user - started) / 1e6).toBeLessThan(20);
  });
});

describe("kinds of work", () => {
  const own = rules({
    categories: [
      { by: "label", value: "Area: Money", category: "security_critical" },
      { by: "title", value: "infra", category: "distributed_systems" },
      { by: "path", value: "/jobs/", category: "distributed_systems" },
      { by: "path", value: "/jobs/cron/", category: "boilerplate_scaffolding" },
    ],
  });

  it("are told by label, type of title and path, of several paths the riskiest", () => {
    expect(own.categoryOf("label", "area:-money")).toBe("security_critical");
    expect(own.categoryOf("title", "infra")).toBe("distributed_systems");
    expect(own.categoryOf("title", "money")).toBeUndefined();
    expect(own.categoryOfPaths(["src/a.ts", "jobs/cron/a.ts"])).toEqual({
      category: "distributed_systems",
      pattern: "/jobs/",
      path: "jobs/cron/a.ts",
    });
    expect(own.categoryOfPaths(["src/a.ts"])).toBeNull();
  });
});

it("the longest beginning of a branch decides, and labels name agents or ways of working", () => {
  const own = rules({
    branches: [
      { prefix: "bot/", agent: "cursor" },
      { prefix: "bot/acme/", agent: "in_house" },
    ],
    labels: [
      { label: "robot made", is: "agent" },
      { label: "acme coder", is: "in_house" },
    ],
  });
  expect(own.branchOf("bot/acme/x")?.agent.key).toBe("in_house");
  expect(own.branchOf("bot/x")?.agent.key).toBe("cursor");
  expect(own.branchOf("robot/x")).toBeNull();
  expect(own.labelOf("Robot_made")).toBe("agent");
  expect(own.labelOf("acme-coder")).toMatchObject({ key: "in_house" });
  expect(own.labelOf("other")).toBeUndefined();
});
