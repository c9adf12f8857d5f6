import type { UnknownBotItem } from "@/lib/metrics/explorer/types";

/** One identity over all repositories: what an admin decides about. */
export type UnknownBot = Omit<UnknownBotItem, "org" | "repo"> & { repositories: string[] };

/** Puts the sightings of an identity together; the example is that of the repository where it is seen most. */
export function groupUnknownBots(sightings: readonly UnknownBotItem[]): UnknownBot[] {
  const bots = new Map<string, UnknownBot>();
  const byCount = sightings.toSorted((a, b) => b.pullRequests - a.pullRequests);
  for (const { org: _, repo, ...sighting } of byCount) {
    const key = JSON.stringify([sighting.role, sighting.identity]);
    const bot = bots.get(key);
    if (bot === undefined) {
      bots.set(key, { ...sighting, repositories: [repo] });
      continue;
    }
    bot.repositories.push(repo);
    bot.pullRequests += sighting.pullRequests;
    if (sighting.firstSeen < bot.firstSeen) bot.firstSeen = sighting.firstSeen;
    if (sighting.lastSeen > bot.lastSeen) bot.lastSeen = sighting.lastSeen;
  }
  return [...bots.values()].toSorted((a, b) => b.pullRequests - a.pullRequests);
}
