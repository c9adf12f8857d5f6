import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AGENTS, agentMaskOf, RULE_VERSION } from "./agents";
import { attributeAuthorship } from "./authorship";
import type { CommitText, PullRequestInput } from "./types";

const PERSON = { name: "Ada Stone", email: "ada@example.com" };
const WEB = { name: "GitHub", email: "noreply@github.com" };
const COPILOT = { name: "copilot-swe-agent[bot]", email: "198982749+Copilot@users.noreply.github.com" };
const CURSOR = { name: "Cursor Agent", email: "cursoragent@cursor.com" };
const CLAUDE_TRAILER = "Co-Authored-By: Claude Opus 4.8 (1M context) <noreply@anthropic.com>";

type Who = { name: string; email: string };
let serial = 0;

function commit(message: string, author: Who = PERSON, more: Partial<CommitText> & { by?: Who } = {}): CommitText {
  const { by = author, ...rest } = more;
  serial += 1;
  return {
    sha: serial.toString(16).padStart(40, "0"),
    author: { ...author, at: "2026-01-01T00:00:00Z" },
    committer: { ...by, at: "2026-01-01T00:00:00Z" },
    message,
    isMerge: false,
    additions: null,
    ...rest,
  };
}

function pull(more: Partial<PullRequestInput> = {}): PullRequestInput {
  return {
    repo: "api",
    number: 7,
    title: "Add export",
    body: null,
    author: null,
    headRef: null,
    baseRef: "main",
    labels: [],
    taskType: null,
    mergeKind: "squash",
    landed: [commit("Add export (#7)", PERSON, { by: WEB })],
    own: [],
    files: null,
    lineCounts: "unknown",
    ...more,
  };
}

const of = (more: Partial<PullRequestInput>) => attributeAuthorship(pull(more));
const brief = (more: Partial<PullRequestInput>) => {
  const { kind, agents } = of(more);
  return [kind, ...agents.map(({ agent }) => agent)].join(" ");
};

describe("marks on own commits", () => {
  it("all commits: agent; some: assisted; none: human", () => {
    const marked = commit(`a\n\n${CLAUDE_TRAILER}`);
    expect(of({ own: [marked, commit(`b\n\n${CLAUDE_TRAILER}`)] })).toMatchObject({
      kind: "agent",
      confidence: "strong",
      agents: [{ agent: "claude_code", share: 1, confidence: "strong" }],
    });
    expect(of({ own: [marked, commit("b"), commit("c"), commit("d")] })).toMatchObject({
      kind: "assisted",
      agents: [{ agent: "claude_code", share: 0.25 }],
      agentLineShare: 0.25,
    });
    expect(of({ own: [commit("a")] })).toMatchObject({ kind: "human", agents: [], agentLineShare: 0 });
  });

  it("folds equal marks into one row of evidence", () => {
    const [verdict] = of({ own: [1, 2, 3].map((n) => commit(`c${n}\n\n${CLAUDE_TRAILER}\n${CLAUDE_TRAILER}`)) }).agents;
    expect(verdict?.evidence).toHaveLength(1);
    expect(verdict?.evidence[0]).toMatchObject({
      rule: "trailer:claude_code",
      text: "3 of 3 own commits: co-author trailer names Claude Code.",
    });
  });

  it("weighs lines where they are known", () => {
    const own = [commit(`a\n\n${CLAUDE_TRAILER}`, PERSON, { additions: 90 }), commit("b", PERSON, { additions: 10 })];
    expect(of({ own }).agentLineShare).toBe(0.9);
    expect(of({ own: [...own, commit("c")] }).agentLineShare).toBeCloseTo(1 / 3);
  });

  it("does not count merge commits", () => {
    const merge = commit("Merge branch 'main' into x", CURSOR, { isMerge: true });
    expect(brief({ own: [commit("a"), merge] })).toBe("human");
    const squash = commit("Add (#7)\n\n* a\n\n---------\n\nCo-authored-by: Cursor Agent <cursoragent@cursor.com>");
    expect(brief({ own: [commit("a"), merge], landed: [squash] })).toBe("human");
  });

  it("keeps several agents", () => {
    const own = [commit("a", CURSOR), commit(`b\n\n${CLAUDE_TRAILER}`), commit("c", CURSOR)];
    expect(brief({ own })).toBe("agent cursor claude_code");
    expect(agentMaskOf(of({ own }).agents)).toBe(0b11n);
  });

  it("takes the landed commits of a rebase for its own", () => {
    const landed = [commit("a", CURSOR), commit("b")];
    expect(of({ mergeKind: "rebase", landed })).toMatchObject({ kind: "assisted", agents: [{ share: 0.5 }] });
  });

  it("says helped, not made, for the identity that editors write too", () => {
    const own = [commit("a\n\nCo-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>")];
    expect(of({ own })).toMatchObject({
      kind: "assisted",
      confidence: "weak",
      agents: [{ agent: "copilot", share: 1 }],
    });
  });
});

describe("trailers", () => {
  it.each([
    ["any case", "a\n\nCO-AUTHORED-BY: x <NoReply@Anthropic.com>", "claude_code"],
    ["indented", "a\n\n    Co-authored-by: Claude <noreply@anthropic.com>", "claude_code"],
    ["bulleted", "a\n\n* Co-authored-by: Claude <noreply@anthropic.com>", "claude_code"],
    ["glued to the text", "a\n\nsome text\nCo-authored-by: Claude <noreply@anthropic.com>\nmore text", "claude_code"],
    ["glued together", "a\n\nCo-authored-by: A <a@b.co>Co-authored-by: Cursor <cursoragent@cursor.com>", "cursor"],
    ["with line ends spelled out", "a\n\ntext.\\n\\nCo-authored-by: Cursor <cursoragent@cursor.com>", "cursor"],
    ["Windows line ends", "a\r\n\r\nCo-authored-by: Claude <noreply@anthropic.com>\r\n", "claude_code"],
    ["another name on the address", "a\n\nCo-Authored-By: Codex Opus 4.6 <noreply@anthropic.com>", "claude_code"],
    ["Codex", "a\n\nCo-authored-by: Codex <noreply@openai.com>", "codex"],
    ["a session", "a\n\nClaude-Session: https://claude.ai/code/session_01Abc", "claude_code"],
    ["Amp's thread", "a\n\nAmp-Thread-ID: https://ampcode.com/threads/T-019ff677-1cbb-7421-8f06-75609f11f7c2", "amp"],
    ["Copilot's logs", "a\n\nAgent-Logs-Url: https://github.com/o/r/sessions/1-2", "copilot"],
    ["Replit", "a\n\nReplit-Commit-Author: Agent", "replit"],
    ["Made with", "a\n\nMade-with: Cursor", "cursor"],
    ["Pi", "a\n\nGenerated-By: pi 0.4", "pi"],
    ["a footer", "a\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)", "claude_code"],
    ["the older footer", "a\n\n🤖 Generated with [Claude Code](https://claude.ai/code)", "claude_code"],
    ["Jules", "a\n\nCo-authored-by: x <161369871+google-labs-jules[bot]@users.noreply.github.com>", "jules"],
    ["Devin", "a\n\nCo-authored-by: x <158243242+devin-ai-integration[bot]@users.noreply.github.com>", "devin"],
    ["Blackbox", "a\n\nCo-authored-by: BLACKBOX Agent <code@blackbox.ai>", "blackbox"],
    ["Cline", "a\n\nCo-authored-by: Cline <noreply@cline.bot>", "cline"],
    ["Aider", "a\n\nCo-authored-by: aider (gpt-5) <aider@aider.chat>", "aider"],
  ])("%s", (_, message, agent) => {
    expect(brief({ own: [commit(message)] })).toBe(`agent ${agent}`);
  });

  it("reads `Assisted-by: agent:model` as help, and a person's as nothing", () => {
    expect(of({ own: [commit("a\n\nAssisted-by: Claude:opus-4")] })).toMatchObject({
      kind: "assisted",
      confidence: "weak",
    });
    expect(brief({ own: [commit("a\n\nAssisted-by: Daniel Stenberg")] })).toBe("human");
  });

  it.each([
    ["quoted", "> Co-authored-by: Claude <noreply@anthropic.com>"],
    ["in a sentence", "We strip Co-authored-by: Claude <noreply@anthropic.com> lines"],
    ["as an example", "```\nCo-authored-by: Claude <noreply@anthropic.com>\n```"],
    ["without an address", "Co-authored-by: Codex"],
    ["as prose", "Generated with care. See https://claude.ai/code for the tool."],
    ["as somebody else's", "🤖 Generated with Enhanced AI Developer Agent"],
    ["an ordinary key", "Generated-By: hand"],
    ["Replit's human", "Replit-Commit-Author: ada"],
  ])("not %s", (_, text) => {
    expect(brief({ own: [commit(`a\n\n${text}`)] })).toBe("human");
  });
});

describe("people with an agent's name", () => {
  it.each([
    { name: "Devin Rousso", email: "devin@example.com" },
    { name: "Jules Blom", email: "jules@example.com" },
    { name: "Claude Ayitey", email: "1234+claude@users.noreply.github.com" },
    { name: "Charlie", email: "charlie@charlie.dev" },
    { name: "Boris", email: "boris@anthropic.com" },
    { name: "Paul", email: "paul@aider.chat" },
    { name: "Robin", email: "h19d46a8785@cline.bot" },
    { name: "copilot", email: "77+copilot@users.noreply.github.com" },
    { name: "openai", email: "codex@example.com" },
    { name: "Maria Cursor", email: "maria@cursor.com" },
  ])("$name <$email> is a person", (who) => {
    expect(brief({ own: [commit("a", who)], landed: [commit("a (#7)", who)] })).toBe("human");
    expect(brief({ own: [commit(`a\n\nCo-authored-by: ${who.name} <${who.email}>`)] })).toBe("human");
    expect(of({ own: [commit("a", who)] }).unknownBots).toEqual([]);
  });

  it("takes `Name (aider)` for Aider, whatever the address", () => {
    expect(brief({ own: [commit("a", { name: "Ada Stone (aider)", email: "ada@example.com" })] })).toBe("agent aider");
  });

  it("does not turn every Actions commit into Claude, nor Claude into Actions", () => {
    const actions = { name: "github-actions[bot]", email: "41898282+github-actions[bot]@users.noreply.github.com" };
    expect(brief({ own: [commit("a", actions)], landed: [commit("a (#7)", actions)] })).toBe("automation");
    const claude = { name: "claude[bot]", email: "41898282+claude[bot]@users.noreply.github.com" };
    expect(brief({ own: [commit("a", claude)] })).toBe("agent claude_code");
  });
});

describe("who opened it", () => {
  it("an agent's account makes it the agent's, with the commits' share", () => {
    const own = [commit("Initial plan", COPILOT), commit("Fix", COPILOT), commit("Review")];
    expect(of({ own, landed: [commit("Fix (#7)", { ...COPILOT, name: "Copilot" }, { by: WEB })] })).toMatchObject({
      kind: "agent",
      confidence: "certain",
      agents: [{ agent: "copilot", share: 2 / 3, confidence: "certain" }],
    });
  });

  it.each([
    { type: "bot" as const, id: "198982749", login: "Copilot" },
    { type: "bot" as const, id: null, login: "copilot-swe-agent" },
    { type: "unknown" as const, id: null, login: "copilot-swe-agent[bot]" },
    { type: "unknown" as const, id: "198982749", login: null },
  ])("knows Copilot as $login ($id)", (account) => {
    expect(brief({ author: { ...account, name: null, email: null } })).toBe("agent copilot");
  });

  it("a user's login that only looks the same is a user's", () => {
    for (const login of ["claude", "devin", "cursor", "codex"]) {
      const author = { type: "user" as const, id: "4711", login, name: null, email: null };
      expect(brief({ author })).toBe("human");
      expect(brief({ author: { ...author, id: null } })).toBe("human");
    }
  });

  it("does not take the first commit's author for the opener of a merge", () => {
    const author = { type: "unknown" as const, id: null, login: null, name: CURSOR.name, email: CURSOR.email };
    const own = [commit("a", CURSOR), commit("b"), commit("c")];
    expect(brief({ mergeKind: "merge", landed: [commit("Merge pull request #7")], author, own })).toBe(
      "assisted cursor",
    );
    expect(brief({ author, own })).toBe("agent cursor");
  });

  it("automation comes after agents", () => {
    const bot = { name: "dependabot[bot]", email: "49699333+dependabot[bot]@users.noreply.github.com" };
    const landed = [commit("Bump (#7)", bot, { by: WEB })];
    expect(of({ landed, own: [commit("Bump", bot)] })).toMatchObject({ kind: "automation", confidence: "certain" });
    expect(brief({ landed, own: [commit("Bump", bot), commit("Fix", CURSOR)] })).toBe("assisted cursor");
  });

  it("does not read release notes that a bot quotes", () => {
    const author = { type: "bot" as const, id: "29139614", login: "renovate[bot]", name: null, email: null };
    const body = "### Release notes\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)";
    expect(brief({ author, body })).toBe("automation");
    expect(brief({ author, landed: [commit(`Bump (#7)\n\n${body}`)] })).toBe("automation");
  });

  it("knows automation by all own commits where nobody names the author", () => {
    const maestro = { name: "dotnet-maestro[bot]", email: "dotnet-maestro[bot]@users.noreply.github.com" };
    expect(brief({ mergeKind: "merge", landed: [commit("Merge")], own: [commit("Update", maestro)] })).toBe(
      "automation",
    );
    expect(brief({ mergeKind: "merge", landed: [commit("Merge")], own: [commit("a", maestro), commit("b")] })).toBe(
      "human",
    );
  });

  it("lists a bot that no rule knows, and does not guess", () => {
    const bot = { name: "acme-sync[bot]", email: "999+acme-sync[bot]@users.noreply.github.com" };
    const verdict = of({ landed: [commit("Sync (#7)", bot, { by: WEB })], own: [commit("Sync", bot)] });
    expect(verdict).toMatchObject({ kind: "human", confidence: "none", evidence: [{ rule: "unknown_bot" }] });
    expect(verdict.unknownBots).toEqual([{ identity: bot.email, name: bot.name, role: "author" }]);
    const helped = of({ own: [commit(`a\n\nCo-authored-by: ${bot.name} <${bot.email}>`)] });
    expect(helped.unknownBots).toEqual([{ identity: bot.email, name: bot.name, role: "co-author" }]);
    const author = { type: "bot" as const, id: "999", login: "acme-sync", name: null, email: null };
    expect(of({ author }).unknownBots).toEqual([{ identity: "acme-sync", name: "acme-sync", role: "author" }]);
  });
});

describe("accepted suggestions", () => {
  const trailer = "Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>";

  it("are not authorship", () => {
    const own = [commit("a"), commit(`Update src/a.ts\n\n${trailer}`, PERSON, { by: WEB })];
    expect(of({ own })).toMatchObject({ kind: "human", agents: [], suggestions: ["copilot_review"] });
    expect(of({ landed: [commit(`Add (#7)\n\n* a\n\n---------\n\n${trailer}`)] }).suggestions).toEqual([
      "copilot_review",
    ]);
  });

  it.each([
    "Update src/a.ts",
    "Apply suggestions from code review",
    "Apply suggestion from @cursor[bot]",
    "Potential fix for code scanning alert no. 4: x",
  ])("of an agent that also reviews: %s", (subject) => {
    const message = `${subject}\n\nCo-authored-by: Cursor <206951365+cursor[bot]@users.noreply.github.com>`;
    expect(of({ own: [commit(message, PERSON, { by: WEB })] })).toMatchObject({
      kind: "human",
      suggestions: ["cursor"],
    });
    expect(brief({ own: [commit(message)] })).toBe("agent cursor");
    const squash = `Add (#7)\n\n* a\n\n* ${message}\n\n---------\n\n${message.split("\n")[2]}`;
    expect(of({ landed: [commit(squash)] })).toMatchObject({ kind: "human", suggestions: ["cursor"] });
  });

  it("are told from a person's own commit that starts with Update", () => {
    const message = "Update generated models\n\nCo-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>";
    expect(brief({ own: [commit(message, PERSON, { by: WEB })] })).toBe("assisted copilot");
  });
});

describe("marks on the pull request or its squash message", () => {
  it("one message cannot tell all from some", () => {
    const verdict = of({ landed: [commit(`Add (#7)\n\n${CLAUDE_TRAILER}`)] });
    expect(verdict).toMatchObject({
      kind: "assisted",
      agentLineShare: null,
      agents: [{ agent: "claude_code", share: 1 }],
    });
    expect(verdict.evidence[0]?.text).toContain("cannot say");
  });

  it("counts a mark that only the squash message bears", () => {
    const own = [commit("a"), commit("b")];
    const landed = [commit(`Add (#7)\n\n* a\n\n* b\n\n---------\n\n${CLAUDE_TRAILER}`)];
    expect(of({ own, landed })).toMatchObject({ kind: "assisted", agents: [{ agent: "claude_code", share: 0 }] });
  });

  it("skips what other pull requests' commits brought along", () => {
    const carried = `* fix: other (#5)\n\nCo-authored-by: Cursor Agent <cursoragent@cursor.com>`;
    const message = `Add (#7)\n\n* a\n\n${carried}\n\n* b\n\n---------\n\nCo-authored-by: Cursor Agent <cursoragent@cursor.com>`;
    expect(brief({ own: [commit("a"), commit("b")], landed: [commit(message)] })).toBe("human");
    const also = message.replace("* b", `* b\n\n${CLAUDE_TRAILER}`);
    expect(brief({ own: [commit("a"), commit("b")], landed: [commit(also)] })).toBe("assisted claude_code");
  });

  it("keeps a pull request that was merged into the branch", () => {
    const sub = "Add tests (#8)\n\nCo-authored-by: copilot-swe-agent[bot] <198982749+Copilot@users.noreply.github.com>";
    const landed = [commit(`Add (#7)\n\n* a\n\n* ${sub}`)];
    expect(brief({ own: [commit("a"), commit(sub)], landed })).toBe("assisted copilot");
    expect(brief({ landed })).toBe("assisted copilot");
  });

  it.each([
    ["copilot/fix-1", "agent copilot"],
    ["codex/add-export", "agent codex"],
    ["cursor/add-export-4f2a", "agent cursor"],
    ["claude/issue-12-20260101-1200", "agent claude_code"],
    ["devin/1733000000-add-export", "agent devin"],
    ["devin/add-export", "agent devin"],
    ["openhands-fix-issue-12-try2", "agent openhands"],
    ["add-export-12345678901234567890", "agent jules"],
    ["backup-20260101123000", "human"],
    ["export-1767225600000", "human"],
    ["feature/codex/x", "human"],
    ["cursor-position", "human"],
    ["ada/copilot-docs", "human"],
    ["revert-12-add-export-12345678901234567890", "human"],
  ])("branch %s: %s", (headRef, expected) => {
    expect(brief({ headRef })).toBe(expected);
  });

  it("a branch under somebody's first name is that person's", () => {
    const devin = { name: "Devin Rousso", email: "dr@example.com" };
    expect(brief({ headRef: "devin/add-export", own: [commit("a", devin)] })).toBe("human");
    expect(brief({ headRef: "claude/x", landed: [commit("x (#7)", { name: "Claude A", email: "c@x.org" })] })).toBe(
      "human",
    );
  });

  it("is weak by branch alone, and gives way to what commits say", () => {
    expect(of({ headRef: "codex/x", own: [commit("a")] })).toMatchObject({
      kind: "agent",
      confidence: "weak",
      agents: [{ agent: "codex", share: 0 }],
      agentLineShare: 1,
    });
    expect(brief({ headRef: "cursor/x", own: [commit("a", CURSOR), commit("b")] })).toBe("assisted cursor");
  });

  it.each([
    ["🤖 Generated with [Claude Code](https://claude.ai/code)", "assisted claude_code"],
    ["Text\n\n<!-- START COPILOT CODING AGENT TIPS -->", "agent copilot"],
    ["------\nhttps://chatgpt.com/codex/tasks/task_e_68a1b2c3", "agent codex"],
    ["[Codex Task](https://chatgpt.com/codex/tasks/task_e_68a1b2c3)", "agent codex"],
    ["Link to Devin run: https://app.devin.ai/sessions/1a2b", "agent devin"],
    [
      "*PR created automatically by Jules for task [123](https://jules.google.com/task/123) started by @ada*",
      "agent jules",
    ],
    ["<!-- CURSOR_AGENT_PR_BODY_BEGIN -->", "agent cursor"],
    ["<!-- CURSOR_SUMMARY -->\nBugbot says", "human"],
    ["Read https://cursor.com/agents for how agents work", "human"],
    ["We moved from Devin to Jules", "human"],
    ["- [ ] Generated with [Claude Code](https://claude.ai/code)", "human"],
  ])("description %j: %s", (body, expected) => {
    expect(brief({ body, own: [commit("a")] })).toBe(expected);
  });

  it("reads labels last", () => {
    expect(of({ labels: ["AI assisted"] })).toMatchObject({ kind: "assisted", confidence: "weak", agents: [] });
    expect(brief({ labels: ["ai-agent-task"] })).toBe("agent");
    expect(brief({ labels: ["claude-code-assisted"] })).toBe("assisted claude_code");
    expect(brief({ labels: ["claude"] })).toBe("human");
  });
});

describe("the verdict", () => {
  it("holds together whatever the texts are", () => {
    const snippets = fc.constantFrom(
      CLAUDE_TRAILER,
      "Assisted-by: Codex:5",
      "\\n",
      "```",
      "---------",
      "* fix: other (#5)",
      "* a",
      "🤖 Generated with [Claude Code](https://claude.com/claude-code)",
      "Co-authored-by: x <175728472+Copilot@users.noreply.github.com>",
      "Co-authored-by: <<>>",
    );
    const text = fc.array(fc.oneof(snippets, fc.string()), { maxLength: 8 }).map((lines) => lines.join("\n"));
    const who = fc.constantFrom(PERSON, CURSOR, COPILOT, WEB);
    const commits = fc.array(
      fc
        .tuple(text, who, fc.boolean(), fc.option(fc.nat(500)))
        .map(([message, author, isMerge, additions]) => commit(message, author, { isMerge, additions })),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(
        fc.record({
          body: fc.option(text),
          headRef: fc.option(fc.oneof(fc.constant("codex/x"), fc.string())),
          mergeKind: fc.constantFrom("squash" as const, "merge" as const, "rebase" as const),
          landed: commits,
          own: commits,
        }),
        (more) => {
          const verdict = of(more);
          const credited = verdict.kind === "agent" || verdict.kind === "assisted";
          expect(verdict.agents.length > 0).toBe(credited);
          for (const { share, evidence } of verdict.agents) {
            expect(share).toBeGreaterThanOrEqual(0);
            expect(share).toBeLessThanOrEqual(1);
            expect(evidence.length).toBeGreaterThan(0);
          }
          expect(verdict.evidence.length).toBeGreaterThan(0);
          expect(verdict.agentLineShare ?? 0.5).toBeGreaterThanOrEqual(0);
          expect(verdict.agentLineShare ?? 0.5).toBeLessThanOrEqual(1);
          if (!credited) expect(verdict.agentLineShare).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("depends on its input alone", () => {
    const input = pull({ own: [commit("a", CURSOR), commit(`b\n\n${CLAUDE_TRAILER}`)] });
    expect(attributeAuthorship(input)).toEqual(attributeAuthorship(structuredClone(input)));
    expect(attributeAuthorship(input).ruleVersion).toBe(RULE_VERSION);
  });

  it("knows agents by a permanent code below 63", () => {
    expect(AGENTS.map(({ code }) => code)).toEqual(AGENTS.map((_, code) => code));
    expect(agentMaskOf([{ agent: "copilot" }, { agent: "gone" }])).toBe(4n);
  });
});
