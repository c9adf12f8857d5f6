import { PUT } from "@/app/api/v1/roi/assumptions/route";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { appendEvents } from "@/lib/events/writer";
import { projectPendingActivity } from "@/lib/facts/activity/project-activity";
import { call, ORIGIN } from "@/tests/api/call";
import { insertUser, sessionOf } from "./accounts";
import { ActivityFactory } from "./activity";
import { type FactInput, insertAgents, insertFacts, insertOrg, insertRepo, insertTeam } from "./facts";

/** The name of a team that must never become a formula. */
export const EVIL = '=HYPERLINK("http://evil","x")';

/**
 * Two teams and people of none, what was paid for them and for nobody in particular, and everything that must be said for a
 * model; in March 2026.
 * @returns headers of somebody of finance
 */
export async function insertRoiFleet(): Promise<Record<string, string>> {
  await insertAgents([{ code: 0, key: "claude_code" }]);
  const org = await insertOrg("acme");
  const repo = await insertRepo(org, "app", { completeTo: "2026-06-01T00:00:00Z" });
  const teams = [await insertTeam(org, "payments"), await insertTeam(org, "search"), null];
  const facts = Array.from({ length: 300 }, (_, index): FactInput => {
    const isAgent = index % 3 !== 2;
    return {
      number: index + 1,
      mergedAt: new Date(Date.parse("2026-03-02T00:00:00Z") + index * 3_600_000).toISOString(),
      kind: isAgent ? "agent" : "human",
      agentMask: isAgent ? 1n : 0n,
      teamId: teams[index % 7 < 3 ? 0 : index % 7 < 6 ? 1 : 2] ?? null,
      rollbackSeconds: index % 17 === 0 ? 3600 : null,
      course: { effort_seconds: 600 + (index % 11) * 90, reworked: index % 5 === 0 ? 1 : 0, human_reviews: 1 },
    };
  });
  await insertFacts(org, repo, facts);
  const make = new ActivityFactory(org);
  await withTransaction((client) =>
    appendEvents(client, [
      [
        make.cost("own", "2026-03-10T12:00:00Z", "12345", { team: "payments" }),
        make.cost("all", "2026-03-11T12:00:00Z", "100001", { team: null }),
        make.cost("seats", "2026-03-11T12:00:00Z", "57033", { team: null, item: "seats" }),
        make.cost("gpus", "2026-03-12T12:00:00Z", "33333", { team: null, item: "infrastructure", agent: null }),
        make.cost("ci", "2026-03-12T12:00:00Z", "10007", { team: "search", item: "ci", agent: null }),
        make.cost("ciall", "2026-03-12T12:00:00Z", "5003", { team: null, item: "ci", agent: null }),
      ],
    ]),
  );
  await projectPendingActivity();
  await query(sql`update team set name = ${EVIL} where slug = 'search'`);
  const as = { ...(await sessionOf(await insertUser("finance"))), origin: ORIGIN };
  const said = await sayOfAcme(as, {
    developerRate: "92.5",
    reviewerRate: "108",
    hoursSaved: ["0.5", "1.4", "2"],
    hoursPerRework: "0.8",
    hoursPerRollback: "3",
    incidentShare: "0.1",
    incidentCost: "2500",
    fixedMonthly: "1000.01",
    governanceHours: "7",
    oneOff: "12000",
    dipDevelopers: "4",
    dipSalary: "120000",
  });
  if (said.status !== 200) throw new Error(await said.text());
  return as;
}

/** Says something of all teams, as a person does; a range as its low end, its value and its high end. */
export function sayOfAcme(
  as: Record<string, string>,
  values: Readonly<Record<string, string | readonly [string, string, string]>>,
): Promise<Response> {
  return call(PUT, "/api/v1/roi/assumptions", {
    as,
    method: "PUT",
    body: {
      org: "acme",
      team: null,
      validFrom: "2026-01-01",
      basis: "assumed",
      why: "=1+1",
      currency: "USD",
      values: Object.entries(values).map(([key, said]) =>
        typeof said === "string" ? { key, value: said } : { key, low: said[0], value: said[1], high: said[2] },
      ),
    },
  });
}
