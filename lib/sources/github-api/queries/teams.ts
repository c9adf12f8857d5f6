const MEMBERS = "pageInfo { hasNextPage endCursor } nodes { databaseId login name }";

/** Teams of an organisation with who is in them by themselves, not through a team below. */
export const TEAM_PAGE = `
query TeamPage($login: String!, $after: String) {
  rateLimit { cost limit remaining resetAt }
  organization(login: $login) {
    teams(first: 50, after: $after, orderBy: { field: NAME, direction: ASC }) {
      pageInfo { hasNextPage endCursor }
      nodes { id slug name members(first: 100, membership: IMMEDIATE) { ${MEMBERS} } }
    }
  }
}`;

/** The rest of a team's members. */
export const MORE_MEMBERS = `
query MoreMembers($id: ID!, $after: String) {
  rateLimit { cost limit remaining resetAt }
  node(id: $id) { ... on Team { members(first: 100, after: $after, membership: IMMEDIATE) { ${MEMBERS} } } }
}`;
