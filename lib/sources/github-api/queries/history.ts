const RATE_LIMIT = "rateLimit { cost limit remaining resetAt }";

/** Where the default branch stands. */
export const DEFAULT_BRANCH = `
query DefaultBranch($owner: String!, $name: String!) {
  ${RATE_LIMIT}
  repository(owner: $owner, name: $name) { id url defaultBranchRef { name target { oid } } }
}`;

/**
 * A page of the commits that a commit reaches, newest first. GitHub lists every ancestor; the first-parent line is picked
 * out of them by the parents. Pages hang on the commit, so they do not move when the branch does.
 */
export const HISTORY_PAGE = `
query HistoryPage($owner: String!, $name: String!, $from: GitObjectID!, $first: Int!, $after: String) {
  ${RATE_LIMIT}
  repository(owner: $owner, name: $name) {
    id
    object(oid: $from) {
      ... on Commit {
        history(first: $first, after: $after) {
          totalCount
          pageInfo { hasNextPage endCursor }
          nodes {
            oid message
            author { name email date }
            committer { name email date }
            parents(first: 2) { nodes { oid } }
          }
        }
      }
    }
  }
}`;
