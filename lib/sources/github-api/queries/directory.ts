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
