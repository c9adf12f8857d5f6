import { createLoader } from "nuqs/server";
import { pullRequestParsers } from "@/components/pull-requests/explorer-params";

export const loadPullRequestSearchParams = createLoader(pullRequestParsers);
