/** Repositories of an account, by name, so that pages do not move while they are read. */
export const REPOSITORY_PAGE = `
query RepositoryPage($login: String!, $first: Int!, $after: String) {
  rateLimit { cost limit remaining resetAt }
  repositoryOwner(login: $login) {
    __typename
    id
    login
    repositories(first: $first, after: $after, ownerAffiliations: [OWNER], orderBy: { field: NAME, direction: ASC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id databaseId name nameWithOwner url isArchived isFork isPrivate pushedAt
        defaultBranchRef { name }
      }
    }
  }
}`;

/** How much there is of each repository, by GitHub's own count. */
export const REPOSITORY_TOTALS = `
query RepositoryTotals($ids: [ID!]!) {
  rateLimit { cost limit remaining resetAt }
  nodes(ids: $ids) {
    ... on Repository { id pullRequests { totalCount } }
  }
}`;
