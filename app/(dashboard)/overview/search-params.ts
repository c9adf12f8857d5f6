import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { filterParsers } from "@/components/filters/search-params";
import { WINDOWS } from "@/components/reports/windows";

/** The window of the rollback panel; the rest of the URL is the shared filters. */
export const overviewParsers = { window: parseAsStringLiteral(WINDOWS).withDefault("7d") };

export const loadOverviewSearchParams = createLoader({ ...filterParsers, ...overviewParsers });
