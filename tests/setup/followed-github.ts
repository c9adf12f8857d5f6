import { afterEach } from "vitest";
import { FollowedGitHub } from "@/tests/factories/github-sync";
import { generateDataset } from "@/tests/mocks/github/generate";
import type { Dataset } from "@/tests/mocks/github/model";

const END = new Date("2026-06-30T12:00:00Z");

/** When the organisations of `datasetOf` begin to be followed: half a day after their last event. */
export const START = new Date("2026-07-01T00:00:00Z");

/** Three repositories with as many pull requests each. */
export const datasetOf = (login: string, pullRequests = 100): Dataset =>
  generateDataset({ login, seed: 7, repositories: 3, pullRequests, end: END, days: 400 });

/** Lets the tests of a file follow organisations at test GitHubs, which end with the test. */
export function useFollowedGitHub() {
  const open: FollowedGitHub[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
  });
  type Options = Parameters<typeof FollowedGitHub.start>;
  return async (options: Options[0], settings: Options[1] = { start: START }): Promise<FollowedGitHub> => {
    const followed = await FollowedGitHub.start(options, settings);
    open.push(followed);
    return followed;
  };
}
