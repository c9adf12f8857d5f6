import { beforeAll, describe, expect, it } from "vitest";
import { GET as pullRequest } from "@/app/api/v1/pull-requests/[id]/route";
import { PUT as switchPersons } from "@/app/api/v1/settings/persons/route";
import { checkAnswersAgainstSchemas } from "@/lib/api/define-route";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { insertFleet } from "@/tests/factories/fleet";
import { useTestDatabase } from "@/tests/setup/test-database";
import { type Proof, useOwner } from "./account-calls";
import { call } from "./call";

useTestDatabase();
checkAnswersAgainstSchemas();
const owner = useOwner();

const ROLES = ["owner", "admin", "finance", "lead", "viewer"] as const;
const proofs = new Map<string, Proof>();
let id = "";

beforeAll(async () => {
  await insertFleet();
  const [row] = await query<{ id: string; team: number }>(
    sql`select f.repo_id || '-' || f.number as id, f.team_id as team from fact_pull_request f
      where f.team_id is not null order by f.number limit 1`,
  );
  id = row?.id ?? "";
  await execute(sql`update fact_pull_request_detail set author_name = 'Ada Byron'`);
  for (const role of ROLES) proofs.set(role, await sessionOf(await insertUser(role, { teamIds: [row?.team ?? 0] })));
});

const set = (shown: unknown) => call(switchPersons, "/", { as: owner.proof, method: "PUT", body: { shown } });

/** Who is told the name. */
async function told(): Promise<string[]> {
  const found: string[] = [];
  for (const [role, as] of [...proofs, ["key", undefined] as const]) {
    const answer = await call(pullRequest, "/", { ...(as !== undefined && { as }), params: { id } });
    expect(answer.status, role).toBe(200);
    if ((await answer.text()).includes("Ada Byron")) found.push(role);
  }
  return found;
}

describe("the names of people", () => {
  it("are shown to nobody until they are switched on, and to finance and keys never", async () => {
    expect(await told()).toEqual([]);
    expect((await set(true)).status).toBe(200);
    expect(await told()).toEqual(["owner", "admin", "lead", "viewer"]);
    expect((await set(false)).status).toBe(200);
    expect(await told()).toEqual([]);
    expect((await set("yes")).status).toBe(422);
  });

  it("leave a line in the audit log each time they are switched", async () => {
    const lines = await query<{ before: boolean; after: boolean }>(
      sql`select before, after from audit_event where action = 'persons.switched' order by seq`,
    );
    expect(lines).toEqual([
      { before: false, after: true },
      { before: true, after: false },
    ]);
  });
});
