/**
 * Everything that a pull request is to us, with four lists below each: labels, files, review threads and its timeline,
 * which brings commits, reviews and events at once. GitHub takes a point for a hundred lists, so a point reads twenty-five
 * pull requests; the checks of a hundred are another point (`checks.ts`). What has more pages is read again by itself.
 */
const ACTOR = `
fragment Actor on Actor {
  __typename
  login
  ... on User { databaseId name }
  ... on Bot { databaseId }
  ... on Mannequin { databaseId }
}`;

const TIMELINE_TYPES = [
  "PULL_REQUEST_COMMIT",
  "PULL_REQUEST_REVIEW",
  "REVIEW_DISMISSED_EVENT",
  "READY_FOR_REVIEW_EVENT",
  "CONVERT_TO_DRAFT_EVENT",
  "AUTO_MERGE_ENABLED_EVENT",
  "AUTO_MERGE_DISABLED_EVENT",
  "ADDED_TO_MERGE_QUEUE_EVENT",
  "REMOVED_FROM_MERGE_QUEUE_EVENT",
  "HEAD_REF_FORCE_PUSHED_EVENT",
  "REVIEW_REQUESTED_EVENT",
  "ASSIGNED_EVENT",
  "UNASSIGNED_EVENT",
  "RENAMED_TITLE_EVENT",
  "CLOSED_EVENT",
  "REOPENED_EVENT",
].join(", ");

const TIMELINE_ITEMS = `
fragment TimelineItem on PullRequestTimelineItems {
  __typename
  ... on PullRequestCommit {
    commit {
      oid message additions deletions
      author { name email date user { databaseId } }
      committer { name email date }
    }
  }
  ... on PullRequestReview { id state submittedAt author { ...Actor } reviewed: commit { oid } }
  ... on ReviewDismissedEvent { previousReviewState review { id } }
  ... on ReadyForReviewEvent { id createdAt actor { ...Actor } }
  ... on ConvertToDraftEvent { id createdAt actor { ...Actor } }
  ... on AutoMergeEnabledEvent { id createdAt actor { ...Actor } }
  ... on AutoMergeDisabledEvent { id createdAt actor { ...Actor } }
  ... on AddedToMergeQueueEvent { id createdAt actor { ...Actor } }
  ... on RemovedFromMergeQueueEvent { id createdAt actor { ...Actor } }
  ... on HeadRefForcePushedEvent { id createdAt actor { ...Actor } beforeCommit { oid } afterCommit { oid } }
  ... on ReviewRequestedEvent {
    id createdAt actor { ...Actor }
    requestedReviewer { __typename ... on Actor { ...Actor } ... on Team { slug } }
  }
  ... on AssignedEvent { id createdAt actor { ...Actor } assignee { ... on Actor { ...Actor } } }
  ... on UnassignedEvent { id createdAt actor { ...Actor } assignee { ... on Actor { ...Actor } } }
  ... on RenamedTitleEvent { createdAt previousTitle currentTitle }
  ... on ClosedEvent { id createdAt actor { ...Actor } }
  ... on ReopenedEvent { id createdAt actor { ...Actor } }
}`;

const FILE = "path additions deletions changeType";
const THREAD = "id path isResolved isOutdated resolvedBy { ...Actor }";
const page = (items: string) => `pageInfo { hasNextPage endCursor } nodes { ${items} }`;

const PULL_REQUEST = `
fragment PullRequest on PullRequest {
  id number title body state isDraft createdAt updatedAt closedAt mergedAt url
  author { ...Actor }
  mergedBy { ...Actor }
  headRefName headRefOid baseRefName
  mergeCommit { oid message author { name email date } parents { totalCount } }
  labels(first: 50) { ${page("name")} }
  files(first: 100) { ${page(FILE)} }
  reviewThreads(first: 50) { ${page(THREAD)} }
  timelineItems(first: 100, itemTypes: [${TIMELINE_TYPES}]) { ${page("...TimelineItem")} }
}`;

const RATE_LIMIT = "rateLimit { cost limit remaining resetAt }";

/** A page of a repository's pull requests, latest change first: GitHub has no way to ask for those since an instant. */
export const PULL_REQUEST_PAGE = `
query PullRequestPage($owner: String!, $name: String!, $first: Int!, $after: String) {
  ${RATE_LIMIT}
  repository(owner: $owner, name: $name) {
    id
    pullRequests(first: $first, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      totalCount
      ${page("...PullRequest")}
    }
  }
}
${PULL_REQUEST}${TIMELINE_ITEMS}${ACTOR}`;

/** Pull requests by their node ids. */
export const PULL_REQUESTS_BY_ID = `
query PullRequestsById($ids: [ID!]!) {
  ${RATE_LIMIT}
  nodes(ids: $ids) { __typename ...PullRequest }
}
${PULL_REQUEST}${TIMELINE_ITEMS}${ACTOR}`;

/** The rest of a pull request's timeline. */
export const MORE_TIMELINE = `
query MoreTimeline($id: ID!, $after: String) {
  ${RATE_LIMIT}
  node(id: $id) {
    ... on PullRequest {
      timelineItems(first: 100, after: $after, itemTypes: [${TIMELINE_TYPES}]) { ${page("...TimelineItem")} }
    }
  }
}
${TIMELINE_ITEMS}${ACTOR}`;

/** The rest of a pull request's files; GitHub lists 3,000 at most. */
export const MORE_FILES = `
query MoreFiles($id: ID!, $after: String) {
  ${RATE_LIMIT}
  node(id: $id) { ... on PullRequest { files(first: 100, after: $after) { ${page(FILE)} } } }
}`;

/** The rest of a pull request's review threads. */
export const MORE_THREADS = `
query MoreThreads($id: ID!, $after: String) {
  ${RATE_LIMIT}
  node(id: $id) { ... on PullRequest { reviewThreads(first: 100, after: $after) { ${page(THREAD)} } } }
}
${ACTOR}`;
