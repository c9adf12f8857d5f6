import { schema as sdl } from "@octokit/graphql-schema";
import { buildSchema, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { costOf } from "./query-cost";

const schema = buildSchema(sdl.idl, { assumeValid: true });
const cost = (question: string, variables: Record<string, unknown> = {}) => costOf(schema, parse(question), variables);

describe("what a question costs", () => {
  // The example of GitHub's documentation: 1 + 100 + 5,000 requests make 51 points.
  const documented = `query {
    viewer {
      repositories(first: 100) {
        edges { node { issues(first: 50) { edges { node { labels(first: 60) { edges { node { id name } } } } } } } }
      }
    }
  }`;

  it("is reckoned as GitHub documents it", () => {
    expect(cost(documented)).toEqual({ points: 51, nodes: 100 + 100 * 50 + 100 * 50 * 60, complaints: [] });
  });

  it("is a point at least, and follows variables and fragments", () => {
    expect(cost("query { viewer { login } }").points).toBe(1);
    const question = `query ($n: Int!) { viewer { repositories(first: $n) { nodes { ...R } } } }
      fragment R on Repository { issues(first: 100) { nodes { labels(first: 10) { nodes { name } } comments { totalCount } } } }`;
    expect(cost(question, { n: 10 }).points).toBe(Math.round((1 + 10 + 1000) / 100));
  });

  it("names connections without a page, and pages beyond a hundred", () => {
    expect(cost("query { viewer { repositories { nodes { id } } } }").complaints).toEqual([
      expect.stringContaining("`first` or `last` value to properly paginate the `repositories` connection"),
    ]);
    expect(cost("query { viewer { repositories(first: 101) { nodes { id } } } }").complaints).toHaveLength(1);
    expect(cost("query { viewer { repositories { totalCount } } }").complaints).toEqual([]);
  });
});
