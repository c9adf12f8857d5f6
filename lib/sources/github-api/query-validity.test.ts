import { schema as sdl } from "@octokit/graphql-schema";
import { buildSchema, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { costOf } from "@/tests/mocks/github/query-cost";
import { CHECK_PAGE, MORE_CHECKS } from "./queries/checks";
import { CODEOWNERS_PLACES, CODEOWNERS_VERSIONS } from "./queries/codeowners";
import { DEPLOYMENT_PAGE } from "./queries/deployments";
import { REPOSITORY_PAGE, REPOSITORY_TOTALS } from "./queries/directory";
import { DEFAULT_BRANCH, HISTORY_PAGE } from "./queries/history";
import { ISSUE_PAGE } from "./queries/issues";
import {
  MORE_FILES,
  MORE_THREADS,
  MORE_TIMELINE,
  PULL_REQUEST_PAGE,
  PULL_REQUESTS_BY_ID,
} from "./queries/pull-requests";
import { RELEASE_PAGE } from "./queries/releases";
import { MORE_MEMBERS, TEAM_PAGE } from "./queries/teams";
import { textWithout } from "./question";

const schema = buildSchema(sdl.idl, { assumeValid: true });

describe("questions to GitHub", () => {
  it.each(
    Object.entries({
      CHECK_PAGE,
      CODEOWNERS_PLACES,
      CODEOWNERS_VERSIONS,
      DEFAULT_BRANCH,
      DEPLOYMENT_PAGE,
      HISTORY_PAGE,
      ISSUE_PAGE,
      MORE_CHECKS,
      MORE_FILES,
      MORE_MEMBERS,
      MORE_THREADS,
      MORE_TIMELINE,
      PULL_REQUEST_PAGE,
      PULL_REQUESTS_BY_ID,
      RELEASE_PAGE,
      REPOSITORY_PAGE,
      REPOSITORY_TOTALS,
      TEAM_PAGE,
    }),
  )("%s is one that GitHub's schema knows", (_name, question) => {
    const asked = typeof question === "string" ? { text: question, optional: {} } : question;
    const complaints = (text: string) => validate(schema, parse(text)).map(({ message }) => message);
    expect(complaints(asked.text)).toEqual([]);
    // A server that is too old for a part is asked without it, and nothing else is left out.
    for (const name of Object.keys(asked.optional)) {
      const text = textWithout(asked, new Set([name]));
      expect(text).not.toContain(name);
      expect(complaints(text)).toEqual([]);
    }
  });
});

it("a point reads twenty pull requests with everything that is read of them", () => {
  const pointsOf = (text: string) => {
    const { complaints, points } = costOf(schema, parse(text), { owner: "acme", name: "web", first: 100, after: null });
    expect(complaints).toEqual([]);
    return points;
  };
  const { text: checks } = CHECK_PAGE;
  expect(100 / pointsOf(PULL_REQUEST_PAGE)).toBeGreaterThanOrEqual(25);
  expect(100 / (pointsOf(PULL_REQUEST_PAGE) + pointsOf(checks))).toBeGreaterThanOrEqual(20);
});
