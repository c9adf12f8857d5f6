import type { Question } from "../question";

const CONTEXTS = `
pageInfo { hasNextPage endCursor }
nodes {
  __typename
  ... on CheckRun {
    id name conclusion startedAt completedAt
    checkSuite { app { name slug } workflowRun { id } }
  }
  ... on StatusContext {
    id context state createdAt
    creator { __typename login ... on User { databaseId name } ... on Bot { databaseId } ... on Mannequin { databaseId } }
  }
}`;

const ROLLUP = `statusCheckRollup { contexts(first: 50) { ${CONTEXTS} } }`;

/**
 * A page of pull requests with the checks of their last commit, latest change first. They are read apart from the rest:
 * they are dear to GitHub, a token may not see them, and a check that ends changes no pull request.
 */
export const CHECK_PAGE: Question = {
  optional: { statusCheckRollup: ROLLUP },
  text: `
query CheckPage($owner: String!, $name: String!, $first: Int!, $after: String) {
  rateLimit { cost limit remaining resetAt }
  repository(owner: $owner, name: $name) {
    id
    pullRequests(first: $first, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id number updatedAt headRefOid ${ROLLUP} }
    }
  }
}`,
};

/** The rest of a pull request's checks. */
export const MORE_CHECKS = `
query MoreChecks($id: ID!, $after: String) {
  rateLimit { cost limit remaining resetAt }
  node(id: $id) {
    ... on PullRequest { headRefOid statusCheckRollup { contexts(first: 100, after: $after) { ${CONTEXTS} } } }
  }
}`;
