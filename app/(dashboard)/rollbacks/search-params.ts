import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { filterParsers } from "@/components/filters/search-params";
import { ROLLBACK_LISTS, rollbackDateParser } from "@/components/reports/rollback-lists";
import { WINDOWS } from "@/components/reports/windows";

/** The window of the rates, which list is open and by which date; the rest of the URL is the shared filters. */
export const rollbacksParsers = {
  window: parseAsStringLiteral(WINDOWS).withDefault("7d"),
  by: rollbackDateParser,
  list: parseAsStringLiteral(ROLLBACK_LISTS).withDefault("rolledBack"),
};

export const loadRollbacksSearchParams = createLoader({ ...filterParsers, ...rollbacksParsers });
