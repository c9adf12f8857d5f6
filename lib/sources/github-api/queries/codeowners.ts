const RATE_LIMIT = "rateLimit { cost limit remaining resetAt }";

/** Which of the places where GitHub looks for a CODEOWNERS file holds one now; the first of them counts. */
export const CODEOWNERS_PLACES = `
query CodeownersPlaces($owner: String!, $name: String!) {
  ${RATE_LIMIT}
  repository(owner: $owner, name: $name) {
    id
    github: object(expression: "HEAD:.github/CODEOWNERS") { oid }
    root: object(expression: "HEAD:CODEOWNERS") { oid }
    docs: object(expression: "HEAD:docs/CODEOWNERS") { oid }
  }
}`;

/** A page of the commits that changed the file, newest first, with what it said after each. */
export const CODEOWNERS_VERSIONS = `
query CodeownersVersions($owner: String!, $name: String!, $path: String!, $first: Int!, $after: String) {
  ${RATE_LIMIT}
  repository(owner: $owner, name: $name) {
    id
    defaultBranchRef {
      target {
        ... on Commit {
          history(path: $path, first: $first, after: $after) {
            totalCount
            pageInfo { hasNextPage endCursor }
            nodes { oid committedDate file(path: $path) { object { ... on Blob { text } } } }
          }
        }
      }
    }
  }
}`;
