import { GraphQLError } from "graphql";

export interface PageArguments {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
}

/** An item of a list with what it is ordered by; cursors say that, so that a page goes on where it was after changes. */
export interface Ordered<Item> {
  item: Item;
  key: string;
}

export const encodeCursor = (key: string): string => Buffer.from(`cursor:v2:${key}`).toString("base64");

function decodeCursor(cursor: string): string {
  const text = Buffer.from(cursor, "base64").toString("utf8");
  if (text.startsWith("cursor:v2:")) return text.slice("cursor:v2:".length);
  throw new GraphQLError(`\`${cursor}\` does not appear to be a valid cursor.`, {
    extensions: { type: "INVALID_CURSOR_ARGUMENTS" },
  });
}

/**
 * A page of an ordered list as the schema's connections have it.
 * @param list in ascending order of its keys
 */
export function connect<Item, Shown>(
  list: readonly Ordered<Item>[],
  { after, before, first, last }: PageArguments,
  show: (item: Item) => Shown,
) {
  const afterKey = after == null ? null : decodeCursor(after);
  const beforeKey = before == null ? null : decodeCursor(before);
  const range = list.filter(
    ({ key }) => (afterKey === null || key > afterKey) && (beforeKey === null || key < beforeKey),
  );
  const page = last != null ? range.slice(-last) : range.slice(0, first ?? range.length);
  return {
    totalCount: list.length,
    nodes: () => page.map(({ item }) => show(item)),
    edges: () => page.map(({ item, key }) => ({ cursor: encodeCursor(key), node: show(item) })),
    pageInfo: {
      hasNextPage: last != null ? beforeKey !== null : page.length < range.length,
      hasPreviousPage: last != null ? page.length < range.length : afterKey !== null,
      startCursor: page[0] === undefined ? null : encodeCursor(page[0].key),
      endCursor: page.at(-1) === undefined ? null : encodeCursor((page.at(-1) as Ordered<Item>).key),
    },
  };
}

/** Keys that keep a list in the order it is in. */
export const inOrder = <Item>(items: readonly Item[]): Ordered<Item>[] =>
  items.map((item, index) => ({ item, key: String(index).padStart(9, "0") }));

/** A key by which later instants come first. */
export const latestFirst = (instant: string, id: string): string =>
  `${String(8_640_000_000_000_000 - Date.parse(instant)).padStart(17, "0")}:${id}`;
