/** A page of a repository's releases, the latest made first. */
export const RELEASE_PAGE = `
query ReleasePage($owner: String!, $name: String!, $first: Int!, $after: String) {
  rateLimit { cost limit remaining resetAt }
  repository(owner: $owner, name: $name) {
    id
    releases(first: $first, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id tagName name isDraft isPrerelease createdAt publishedAt
        tagCommit { oid }
        author { __typename login databaseId name }
      }
    }
  }
}`;
