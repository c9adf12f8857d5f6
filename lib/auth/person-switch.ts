import { recordAudit } from "@/lib/audit/record";
import type { AuditActor } from "@/lib/audit/types";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import type { Role } from "./roles";

/** Whether pages name people to this role: only when it was switched on, and never to finance. */
export const seesPersons = (isOn: boolean, role: Role): boolean => isOn && role !== "finance";

/** Whether the names of people were switched on; they are off until somebody does. */
export async function showsPersons(): Promise<boolean> {
  const [row] = await query<{ shows: boolean }>(sql`select shows_persons as shows from installation where id = 1`);
  return row?.shows === true;
}

/** Switches the names of people on or off, for sessions that are running too. */
export async function switchPersons(isOn: boolean, actor: AuditActor): Promise<void> {
  await withTransaction(async (client) => {
    const changed = await execute(
      sql`update installation set shows_persons = ${isOn} where id = 1 and shows_persons <> ${isOn}`,
      client,
    );
    if (changed === 0) return;
    await recordAudit(client, {
      actor,
      action: "persons.switched",
      target: { kind: "setting", id: null, name: "names of people" },
      before: !isOn,
      after: isOn,
    });
  });
}
