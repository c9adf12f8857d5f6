import type { Budget, GraphqlAnswer } from "./client";
import { GitHubFailure } from "./failure";

/** A repository as its API is asked for it. */
export interface RepositoryName {
  owner: string;
  name: string;
}

/** `owner/name` as the two. */
export function repositoryNameOf(fullName: string): RepositoryName {
  const [owner = "", name = ""] = fullName.split("/");
  return { owner, name };
}

/** One answer of a list that is read page by page. */
export interface Page<Item> {
  items: Item[];
  /** Where the next page begins; null: this was the last. */
  next: string | null;
  /** How many there are in all. */
  total: number;
  /** GitHub's id of the repository that answered: a name may by now belong to another one. */
  repositoryId: string;
  budget: Budget | null;
  /** How long the answer took. */
  ms: number;
}

/**
 * The nodes of a page. One that is null because of an error may be there the next time, or alone.
 * @throws {GitHubFailure} `too_heavy`, so that less is asked for at once
 */
export function wholeNodes<Node>(nodes: readonly (Node | null)[] | null, partial: readonly string[]): Node[] {
  const found = (nodes ?? []).filter((node) => node !== null);
  if (nodes !== null && found.length === nodes.length) return found;
  throw new GitHubFailure(
    { kind: "too_heavy" },
    `GitHub left out parts of its answer: ${partial[0] ?? "no reason given"}`,
  );
}

/** A part of a list as GraphQL answers it. */
interface Connection<Node> {
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: (Node | null)[] | null;
}

/**
 * A page of a repository's list as it was answered.
 * @throws {GitHubFailure} `too_heavy` where parts of it were left out
 */
export function pageOf<Node>(
  { budget, ms, partial }: Pick<GraphqlAnswer<unknown>, "budget" | "ms" | "partial">,
  repositoryId: string,
  { nodes, pageInfo, totalCount }: Connection<Node> & { totalCount: number },
): Page<Node> {
  return {
    items: wholeNodes(nodes, partial),
    next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
    total: totalCount,
    repositoryId,
    budget,
    ms,
  };
}

interface Part<Node> {
  list: Connection<Node> | null | undefined;
  partial: readonly string[];
  budget: Budget | null;
}

/** A page that comes once more is passed over so often; after that the list is not read any further. */
const MOST_REPEATS = 5;

/**
 * A list with everything that comes after its first part. A page that is answered once more, in the place of another, is
 * not taken twice.
 * @param more asks for what comes after a place
 * @param most no more is asked for once so many are there
 * @throws {GitHubFailure}
 */
export async function wholeList<Node>(
  begun: Part<Node>,
  more: (after: string | null) => Promise<Part<Node>>,
  most = Number.POSITIVE_INFINITY,
): Promise<{ items: Node[]; budget: Budget | null }> {
  const items: Node[] = [];
  const ends = new Set<string | null>();
  let repeats = 0;
  let part = begun;
  for (;;) {
    const { budget, list, partial } = part;
    if (list == null) throw new GitHubFailure({ kind: "transient" }, "GitHub left out a page of a list");
    const isRepeated = ends.has(list.pageInfo.endCursor);
    if (isRepeated && ++repeats > MOST_REPEATS) {
      throw new GitHubFailure({ kind: "transient" }, "GitHub answers the same page of a list again and again");
    }
    if (!isRepeated) items.push(...wholeNodes(list.nodes, partial));
    ends.add(list.pageInfo.endCursor);
    if (!list.pageInfo.hasNextPage || items.length >= most) return { items, budget };
    part = await more(list.pageInfo.endCursor);
  }
}

/** @throws {GitHubFailure} `not_found`, or `transient` where an error hides whether it is there */
export function presentRepository<Repository>(
  repository: Repository | null,
  { partial }: Pick<GraphqlAnswer<unknown>, "partial">,
  { name, owner }: RepositoryName,
): Repository {
  if (repository !== null) return repository;
  const kind = partial.length === 0 ? "not_found" : "transient";
  throw new GitHubFailure({ kind }, `GitHub shows no repository ${owner}/${name}`);
}
