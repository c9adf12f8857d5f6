import { gitHistorySource } from "./git-history/index";

/** Every source by its id, which its events carry. */
export const SOURCES = { git: gitHistorySource } as const;
