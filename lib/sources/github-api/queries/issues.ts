/** A page of a repository's issues that changed since an instant, the latest change first. */
export const ISSUE_PAGE = `
query IssuePage($owner: String!, $name: String!, $first: Int!, $after: String, $since: DateTime) {
  rateLimit { cost limit remaining resetAt }
  repository(owner: $owner, name: $name) {
    id
    issues(first: $first, after: $after, filterBy: { since: $since }, orderBy: { field: UPDATED_AT, direction: DESC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id number title body createdAt updatedAt closedAt stateReason
        author { __typename login ... on User { databaseId name } ... on Bot { databaseId } ... on Mannequin { databaseId } }
        labels(first: 30) { nodes { name } }
      }
    }
  }
}`;
