import { describe, expect, it } from "vitest";
import type { ApiIssue } from "./activity-answers";
import type { ApiActor } from "./answers";
import { mapIssueLinks } from "./map-issue-link";

const CONTEXT = { orgId: 1, repo: "web" };
const HERE = "R_1";
const account = (login: string, databaseId: number, __typename = "User"): ApiActor => ({
  __typename,
  login,
  databaseId,
});
const [ADA, BO] = [account("ada", 1), account("bo", 2)];
const COPILOT = account("copilot-swe-agent", 198982749, "Bot");
const at = (hour: number) => `2026-03-02T${String(hour).padStart(2, "0")}:00:00Z`;
type Item = NonNullable<ApiIssue["timelineItems"]["nodes"]>[number];
const assigned = (hour: number, assignee: ApiActor, actor: ApiActor | null, gone = false): Item => ({
  __typename: gone ? "UnassignedEvent" : "AssignedEvent",
  createdAt: at(hour),
  actor,
  assignee,
});
const labelled = (hour: number, name: string, actor: ApiActor): Item => ({
  __typename: "LabeledEvent",
  createdAt: at(hour),
  actor,
  label: { name },
});
const issue = (items: Item[], more: Partial<ApiIssue> = {}): ApiIssue => ({
  id: "I_1",
  number: 7,
  title: "Make it faster",
  body: "",
  createdAt: at(1),
  updatedAt: at(9),
  closedAt: null,
  stateReason: null,
  author: ADA,
  labels: { nodes: [{ name: "jules" }] },
  timelineItems: { nodes: items },
  closedByPullRequestsReferences: { nodes: [{ number: 8, repository: { id: HERE } }] },
  ...more,
});

describe("what an issue says of the pull requests that close it", () => {
  it("is who is assigned by whom, and who put the labels there that it has", () => {
    const [event] = mapIssueLinks(
      CONTEXT,
      issue([
        assigned(2, BO, ADA),
        assigned(3, COPILOT, BO),
        assigned(4, BO, ADA, true),
        labelled(5, "jules", ADA),
        labelled(6, "jules", BO),
        labelled(7, "taken off again", ADA),
      ]),
      HERE,
    );
    expect(event).toMatchObject({
      kind: "pull_request.issue_linked",
      subject: "pull_request:web#8",
      payload: {
        number: 8,
        issue: 7,
        assigned: [{ assignee: { login: "copilot-swe-agent[bot]" }, by: { id: "2" } }],
        labelled: [{ label: "jules", by: { id: "2" } }],
      },
    });
  });

  it("is nothing of pull requests of other repositories, nor where nobody did anything", () => {
    const other = { closedByPullRequestsReferences: { nodes: [{ number: 8, repository: { id: "R_2" } }, null] } };
    expect(mapIssueLinks(CONTEXT, issue([assigned(2, BO, ADA)], other), HERE)).toEqual([]);
    expect(mapIssueLinks(CONTEXT, issue([]), HERE)).toEqual([]);
  });

  it("is another event since it says something else, and the same one while it does not", () => {
    const idOf = (hour: number, updatedAt: number) =>
      mapIssueLinks(CONTEXT, issue([assigned(hour, BO, ADA)], { updatedAt: at(updatedAt) }), HERE)[0]?.id;
    expect(idOf(2, 9)).toBe(idOf(3, 9));
    expect(idOf(2, 9)).not.toBe(idOf(2, 10));
  });
});
