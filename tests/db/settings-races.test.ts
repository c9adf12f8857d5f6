import { expect, it } from "vitest";
import { ensureOrganization } from "@/lib/settings/organizations";
import { ensureRepository } from "@/lib/settings/repositories";
import { ensureTeams } from "@/lib/settings/teams";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const TIMES = 8;
const atOnce = <Result>(work: () => Promise<Result>) => Promise.all(Array.from({ length: TIMES }, work));

it("whoever needs an organisation, a repository or a team first makes it, and all get the same", async () => {
  for (let round = 0; round < 10; round += 1) {
    const organizations = await atOnce(() => ensureOrganization({ slug: `org-${round}` }));
    const [organization] = organizations;
    const id = organization?.id ?? 0;
    expect(organizations).toEqual(Array.from({ length: TIMES }, () => organization));
    expect(new Set(await atOnce(() => ensureRepository(id, "api"))).size).toBe(1);
    const teams = await atOnce(() => ensureTeams(id, [{ slug: "payments", name: "Payments" }]));
    expect(new Set(teams.map((known) => known.get("payments"))).size).toBe(1);
  }
});
