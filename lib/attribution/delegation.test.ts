import { describe, expect, it } from "vitest";
import type { Actor } from "@/lib/events/schema";
import { findDelegation } from "./delegation";
import type { CommitText, IssueLink, PullRequestInput } from "./types";

const person = (login: string, id: string | null = null): Actor => ({
  type: "user",
  id,
  login,
  name: null,
  email: null,
});
const COPILOT: Actor = { type: "bot", id: "198982749", login: "copilot-swe-agent[bot]", name: null, email: null };
const signature = { name: "copilot-swe-agent[bot]", email: "198982749+Copilot@users.noreply.github.com", at: "" };
const commit = (message: string): CommitText => ({
  sha: "a".repeat(40),
  author: signature,
  committer: signature,
  message,
  isMerge: false,
  additions: 1,
});

const input = (more: Partial<PullRequestInput> = {}): PullRequestInput => ({
  repo: "web",
  number: 1,
  title: "Add a cache",
  body: null,
  author: COPILOT,
  headRef: null,
  baseRef: "main",
  labels: [],
  taskType: null,
  mergeKind: "squash",
  landed: [],
  own: [],
  files: null,
  lineCounts: "unknown",
  ...more,
});

describe("the issue behind an agent's pull request", () => {
  const ofAgent = { author: COPILOT, assignees: [COPILOT] };
  const link = (more: Partial<IssueLink>): IssueLink => ({ issue: 12, assigned: [], labelled: [], ...more });
  const [ada, bo, cleo] = [person("ada", "1"), person("bo", "2"), person("cleo", "3")];

  it.each([
    [
      "who gave it to the agent, before whom it is assigned to",
      [
        link({
          assigned: [
            { assignee: cleo, by: bo },
            { assignee: COPILOT, by: ada },
          ],
        }),
      ],
      "delegation:issue_assigning",
      "id:1",
    ],
    [
      "who labelled it for agents",
      [link({ assigned: [{ assignee: cleo, by: null }], labelled: [{ label: "Jules", by: bo }] })],
      "delegation:issue_label",
      "id:2",
    ],
    [
      "whom it is assigned to, where its labels say nothing",
      [link({ assigned: [{ assignee: cleo, by: COPILOT }], labelled: [{ label: "bug", by: bo }] })],
      "delegation:issue_assignee",
      "id:3",
    ],
  ])("tells %s", (_who, issues, rule, key) => {
    const delegation = findDelegation(input({ ...ofAgent, issues }), "agent");
    expect(delegation).toMatchObject({ evidence: { rule, at: "#12" } });
    expect(delegation?.keys[0]).toBe(key);
    // A person's own pull request is theirs, whoever the issue was given to.
    expect(findDelegation(input({ author: person("dan", "4"), issues }), "human")?.keys).toEqual(["id:4", "named:dan"]);
  });

  it("says nothing where programs alone had to do with it", () => {
    const issues = [
      link({ assigned: [{ assignee: COPILOT, by: COPILOT }], labelled: [{ label: "copilot", by: null }] }),
    ];
    expect(findDelegation(input({ ...ofAgent, issues }), "agent")).toBeNull();
  });
});

describe("who had an agent make it", () => {
  const all = {
    body: "Link to Devin run: https://app.devin.ai/sessions/1\n**Requested by**: Ada Byron (ada@acme.com)",
    author: person("bo", "2"),
    assignees: [COPILOT, person("cleo", "3")],
    askedByAgent: [person("dan", "4")],
    own: [commit("Add it\n\nCo-authored-by: Eve Ek <5+eve@users.noreply.github.com>")],
  };

  it.each([
    ["whom the description names", {}, "delegation:session", ["email:ada@acme.com"]],
    ["who opened it", { body: null }, "delegation:author", ["id:2"]],
    ["who is assigned", { body: null, author: COPILOT }, "delegation:assignee", ["id:3"]],
    [
      "whom the agent asked",
      { body: null, author: COPILOT, assignees: [COPILOT] },
      "delegation:review_request",
      ["id:4"],
    ],
    [
      "who is named beside it",
      { body: null, author: COPILOT, assignees: [], askedByAgent: [] },
      "delegation:co_author",
      ["id:5"],
    ],
  ])("is first of all %s", (_name, less, rule, keys) => {
    const found = findDelegation(input({ ...all, ...less }), "agent");
    expect(found).toMatchObject({ evidence: { rule } });
    // What a roster may know somebody by comes after what is surer.
    expect(found?.keys.filter((key) => !key.startsWith("named:"))).toEqual(keys);
  });

  it("reads an account that is named in the description", () => {
    const found = findDelegation(input({ body: "Requested by: @Ada-B" }), "agent");
    expect(found).toMatchObject({ keys: ["login:ada-b"], name: "Ada-B", evidence: { quote: "Requested by: @Ada-B" } });
  });

  it("is no program, and nobody where nobody is named", () => {
    const trailer = "Co-authored-by: Claude <noreply@anthropic.com>";
    expect(findDelegation(input({ own: [commit(`Add it\n\n${trailer}`)] }), "agent")).toBeNull();
    expect(findDelegation(input({ assignees: [COPILOT], askedByAgent: [COPILOT] }), "agent")).toBeNull();
    expect(findDelegation(input({ body: "Nobody requested by anyone" }), "agent")).toBeNull();
  });

  it("is the author of what a person wrote, and nobody for automation", () => {
    expect(findDelegation(input({ ...all, author: person("bo", "2") }), "human")?.keys).toEqual(["id:2", "named:bo"]);
    expect(findDelegation(input(all), "automation")).toBeNull();
  });
});
