import { describe, expect, it } from "vitest";
import { DELETE as revokeKey } from "@/app/api/v1/api-keys/[id]/route";
import { POST as createKey } from "@/app/api/v1/api-keys/route";
import { GET as audit } from "@/app/api/v1/audit/route";
import { checkAnswersAgainstSchemas } from "@/lib/api/define-route";
import { verifyAudit } from "@/lib/audit/verify";
import { insertOrg, insertTeam } from "@/tests/factories/facts";
import { useTestDatabase } from "@/tests/setup/test-database";
import { enter, join, patchUser, post, useOwner } from "./account-calls";
import { call } from "./call";

useTestDatabase();
checkAnswersAgainstSchemas();
const owner = useOwner();

async function insertTeams(): Promise<[number, number]> {
  const org = await insertOrg("acme");
  return [await insertTeam(org, "payments"), await insertTeam(org, "platform")];
}

describe("the audit log", () => {
  it("tells what people did and could not do, in a chain that holds", async () => {
    const [one, other] = await insertTeams();
    const id = await join(owner.proof, "lead", "lena@example.com", [one]);
    await enter("lena@example.com", "not the password");
    await patchUser(owner.proof, id, { teamIds: [one, other] });
    await patchUser(owner.proof, id, { disabled: true });
    const made = await post(createKey, "/", { name: "ci", scopes: ["reports:read"], expiresInDays: 30 }, owner.proof);
    const { id: key } = await made.json();
    await call(revokeKey, "/", { as: owner.proof, method: "DELETE", params: { id: key } });

    const { items } = await (await call(audit, "/api/v1/audit?limit=200", { as: owner.proof })).json();
    const actions = new Set(items.map(({ action }: { action: string }) => action));
    for (const action of [
      "user.created",
      "sign_in.done",
      "sign_in.refused",
      "user.teams_changed",
      "user.disabled",
      "key.created",
      "key.revoked",
      "invitation.created",
    ]) {
      expect(actions, action).toContain(action);
    }
    // By name: the teams may be gone when the line is read.
    expect(items.find(({ action }: { action: string }) => action === "user.teams_changed")).toMatchObject({
      before: ["payments"],
      after: ["payments", "platform"],
    });
    expect(await verifyAudit()).toEqual({ lines: items[0].seq, fault: null });
    const narrowed = await (await call(audit, "/api/v1/audit?action=key.", { as: owner.proof })).json();
    expect(narrowed.items.every(({ action }: { action: string }) => action.startsWith("key."))).toBe(true);
  });

  it("is read in pages that miss and repeat nothing", async () => {
    const seen: number[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: { items: { seq: number }[]; nextCursor: string | null } = await (
        await call(audit, `/api/v1/audit?limit=7${cursor === "" ? "" : `&cursor=${cursor}`}`, { as: owner.proof })
      ).json();
      seen.push(...page.items.map(({ seq }) => seq));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, index) => seen.length - index));
  });
});
