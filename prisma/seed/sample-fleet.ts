import type { FleetEvent } from "@/lib/events/schema";
import { rolloutOf } from "./adoption";
import { instantOf, iso } from "./calendar";
import { OWNERS_KNOWN_SINCE, REPOSITORIES, SAMPLE_OWNER, SAMPLE_SEED, TEAMS } from "./company";
import { costs, UsageLedger } from "./costs";
import { rosterOf } from "./people";
import { randomStream } from "./random";
import { repositoryHistory } from "./repository-history";

/**
 * The sample fleet: an invented company, "Northwind Labs (sample)", with twelve teams, sixty repositories and eighteen
 * months of work that end at a fixed instant. It exists so that every page can be seen before anything is imported, and
 * it enters as events, through the same pipeline as real data. Every person, figure and price in it is made up, and none
 * of it says anything about a real product.
 *
 * Deterministic: no clock and no unseeded randomness, so the same events come out on every machine and in every time zone.
 * One random stream per repository, so changing one leaves the others as they are.
 *
 * How it is made, one file per step:
 * - `company`, `people`, `domains`, `titles`, `file-tree`: who there is, what they own, the words and paths of their work
 * - `calendar`, `adoption`, `tasks`: weekends, holidays and quiet weeks; how each team took up agents; what goes wrong
 * - `planning`, `automation`, `reverts`: what is opened, merged, closed and taken back, and when
 * - `agents`, `own-commits`, `undo-text`, `landed-commits`, `worktree`: identities, trailers, wordings, commits and blobs
 * - `pull-requests`, `reviews`, `issues`, `coverage`, `scans`, `churn`, `operations`, `costs`: the events
 * - `triage`, `reports`: why what failed did, and what people and tools report, as people would have said
 *
 * Shapes to look for: Fulfilment stopped using agents in April 2026; March 2026 is bad for all agents and a mobile release
 * train goes back as a whole; refactoring in Payments goes wrong from August 2026; documentation is never reverted;
 * Research tools is too small to judge; `partner-edi` fell silent; nobody owns `legacy-admin`, which people from outside look
 * after; in every team some never take agents up; four teams began in August 2025, when three had not; `acme-autofix[bot]` is a
 * program that no rule knows.
 */

const BATCH = 1000;

/** Of the people of a team in their order. */
const SENIORITY_OF = ["senior", "mid", "mid", "senior", "junior", "mid", "junior"] as const;

/** What an administrator would have entered for the sample company; the loader writes it before the events. */
export const sampleSettings = {
  organization: { slug: SAMPLE_OWNER, name: "Northwind Labs (sample)", timeZone: "America/New_York" },
  teams: TEAMS.map(({ slug, name }) => ({
    slug,
    name,
    phases: rolloutOf(slug),
  })),
  roster: TEAMS.flatMap(({ slug }) =>
    rosterOf(slug).map(({ email, login, name }, index) => ({
      line: 0,
      team: slug,
      login,
      email,
      name,
      from: null,
      to: null,
      // Every fifth works four days a week.
      fte: index % 5 === 4 ? 800 : 1000,
      seniority: SENIORITY_OF[index % SENIORITY_OF.length] ?? null,
    })),
  ),
  repositories: REPOSITORIES.map(({ name, team, unowned, movesTo }) => ({
    name,
    url: null,
    defaultBranch: "main",
    owners: unowned
      ? []
      : [
          { team, validFrom: OWNERS_KNOWN_SINCE },
          ...(movesTo === null ? [] : [{ team: movesTo.team, validFrom: iso(instantOf(movesTo.day, 0)) }]),
        ],
  })),
};

function* allEvents(orgId: number): Generator<FleetEvent> {
  const usage = new UsageLedger();
  for (const repository of REPOSITORIES) {
    const { events, landings } = repositoryHistory(orgId, repository);
    usage.record(repository, landings);
    yield* events;
  }
  yield* costs(orgId, usage, randomStream(SAMPLE_SEED, "costs"));
}

/** All events of the sample company in batches of at most 1,000, one repository after the other, costs last. */
export function* generateSampleFleet(orgId: number): Generator<FleetEvent[]> {
  let batch: FleetEvent[] = [];
  for (const event of allEvents(orgId)) {
    batch.push(event);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
