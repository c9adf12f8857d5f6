/** A page of a repository's deployments with how each went; GitHub orders them by when they were made alone. */
export const DEPLOYMENT_PAGE = `
query DeploymentPage($owner: String!, $name: String!, $first: Int!, $after: String) {
  rateLimit { cost limit remaining resetAt }
  repository(owner: $owner, name: $name) {
    id
    deployments(first: $first, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id commitOid environment originalEnvironment task description createdAt
        creator { __typename login ... on User { databaseId name } ... on Bot { databaseId } }
        statuses(first: 30) { nodes { id state createdAt } }
      }
    }
  }
}`;
