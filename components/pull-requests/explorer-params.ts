import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { explorerParsers } from "@/components/filters/search-params";
import { PULL_REQUEST_SORTS } from "@/components/query/query-keys";

/** Everything that the address of the explorer holds: the shared filters, the search, the order and the place. */
export const pullRequestParsers = {
  ...explorerParsers,
  q: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(PULL_REQUEST_SORTS).withDefault("-mergedAt"),
  cursor: parseAsString,
};
