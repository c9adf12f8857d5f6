import type { Page } from "@/lib/metrics/explorer/types";

/** Each page filters all rows again, so a page is long; it is what an export holds in memory at a time. */
const PAGE_SIZE = 2000;

/** Every item of a list, page after page: what an export streams. The cursor keeps the order, so nothing repeats. */
export async function* everyItem<Query extends { cursor?: string | undefined; limit: number }, Item>(
  query: Query,
  readPage: (query: Query) => Promise<Page<Item>>,
): AsyncGenerator<Item> {
  let cursor: string | null | undefined = query.cursor;
  do {
    const page: Page<Item> = await readPage({ ...query, limit: PAGE_SIZE, cursor: cursor ?? undefined });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
