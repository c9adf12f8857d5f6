import type { Question } from "../question";

const ACTOR =
  "__typename login ... on User { databaseId name } ... on Bot { databaseId } ... on Mannequin { databaseId }";

const CLOSED_BY =
  "closedByPullRequestsReferences(first: 10, includeClosedPrs: true) { nodes { number repository { id } } }";

/**
 * A page of a repository's issues that changed since an instant, the latest change first, with the last of who assigned and
 * labelled them, and the pull requests that close them.
 */
export const ISSUE_PAGE: Question = {
  optional: { closedByPullRequestsReferences: CLOSED_BY },
  text: `
query IssuePage($owner: String!, $name: String!, $first: Int!, $after: String, $since: DateTime) {
  rateLimit { cost limit remaining resetAt }
  repository(owner: $owner, name: $name) {
    id
    issues(first: $first, after: $after, filterBy: { since: $since }, orderBy: { field: UPDATED_AT, direction: DESC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id number title body createdAt updatedAt closedAt stateReason
        author { ${ACTOR} }
        labels(first: 30) { nodes { name } }
        timelineItems(last: 50, itemTypes: [ASSIGNED_EVENT, UNASSIGNED_EVENT, LABELED_EVENT]) {
          nodes {
            __typename
            ... on AssignedEvent { createdAt actor { ${ACTOR} } assignee { ... on Actor { ${ACTOR} } } }
            ... on UnassignedEvent { createdAt actor { ${ACTOR} } assignee { ... on Actor { ${ACTOR} } } }
            ... on LabeledEvent { createdAt actor { ${ACTOR} } label { name } }
          }
        }
        ${CLOSED_BY}
      }
    }
  }
}`,
};
