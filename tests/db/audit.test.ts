import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordAudit, recordAuditAlone } from "@/lib/audit/record";
import { verifyAudit } from "@/lib/audit/verify";
import { COMMAND_ACTOR } from "@/lib/auth/actor";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { useTestDatabase } from "@/tests/setup/test-database";

useTestDatabase();

const LINES = 12;
const entry = (index: number) => ({
  actor: { ...COMMAND_ACTOR, address: "127.0.0.1", userAgent: `browser ${index}` },
  action: "thing.changed",
  target: { kind: "thing", id: String(index), name: `Thing ${index}` },
  before: { b: index, a: ["ä", null, true] },
  after: { text: `=1+1 "${index}"` },
});

beforeAll(async () => {
  for (let index = 1; index <= LINES; index += 1) await recordAuditAlone(entry(index));
  await execute(sql`create table kept_audit as select * from audit_event`);
  await execute(sql`create table kept_installation as select * from installation`);
});

/** Whoever has the database gets around the trigger. */
async function tamper(statement: ReturnType<typeof sql>): Promise<void> {
  await withTransaction(async (client) => {
    await client.query("set local session_replication_role = replica");
    await execute(statement, client);
  });
}

beforeEach(async () => {
  await tamper(sql`delete from audit_event`);
  await execute(sql`insert into audit_event select * from kept_audit`);
  await execute(
    sql`update installation i set audit_seq = k.audit_seq, audit_hash = k.audit_hash, audit_key = k.audit_key
      from kept_installation k`,
  );
});

describe("the audit log", () => {
  it("holds as it was written", async () => {
    expect(await verifyAudit()).toEqual({ lines: LINES, fault: null });
  });

  it("refuses to be changed, shortened or emptied", async () => {
    for (const statement of [
      sql`update audit_event set actor_name = 'somebody else' where seq = 3`,
      sql`delete from audit_event where seq = 3`,
      sql`truncate audit_event`,
    ]) {
      await expect(execute(statement)).rejects.toMatchObject({ code: "42501" });
    }
  });

  const CHANGES = [
    sql`at = at + interval '1 millisecond'`,
    sql`actor_kind = 'system'`,
    sql`actor_id = 'x'`,
    sql`actor_name = actor_name || ' '`,
    sql`address = null`,
    sql`user_agent = 'browser'`,
    sql`action = 'thing.change'`,
    sql`target_kind = 'user'`,
    sql`target_id = '0'`,
    sql`target_name = null`,
    sql`before = before || '{"b": 0}'`,
    sql`before = null`,
    sql`after = '{"text": "=1+1"}'`,
    sql`hash = decode(repeat('00', 32), 'hex')`,
  ];

  it.each(CHANGES.map((change) => [change.text, change] as const))(
    "finds and names a line with %s",
    async (_, change) => {
      for (const seq of [1, 5, LINES]) {
        await tamper(sql`update audit_event set ${change} where seq = ${seq}`);
        expect(await verifyAudit()).toEqual({ lines: seq - 1, fault: { seq, reason: "this line was changed" } });
        await tamper(sql`delete from audit_event`);
        await execute(sql`insert into audit_event select * from kept_audit`);
      }
    },
  );

  it("finds a flipped byte in any hash", async () => {
    for (let seq = 1; seq <= LINES; seq += 1) {
      await tamper(
        sql`update audit_event set hash = set_byte(hash, ${seq}, get_byte(hash, ${seq}) # 1) where seq = ${seq}`,
      );
      expect((await verifyAudit()).fault).toEqual({ seq, reason: "this line was changed" });
      await tamper(
        sql`update audit_event set hash = set_byte(hash, ${seq}, get_byte(hash, ${seq}) # 1) where seq = ${seq}`,
      );
    }
    expect((await verifyAudit()).fault).toBeNull();
  });

  it.each([1, 6, LINES])("finds and names line %i when it is gone", async (seq) => {
    await tamper(sql`delete from audit_event where seq = ${seq}`);
    expect(await verifyAudit()).toEqual({ lines: seq - 1, fault: { seq, reason: "this line is gone" } });
  });

  it("finds a gap that was closed, and two lines that changed places", async () => {
    await tamper(sql`delete from audit_event where seq = 4`);
    await tamper(sql`update audit_event set seq = -(seq - 1) where seq > 4`);
    await tamper(sql`update audit_event set seq = -seq where seq < 0`);
    expect((await verifyAudit()).fault).toMatchObject({ seq: 4 });
    await tamper(sql`delete from audit_event`);
    await execute(sql`insert into audit_event select * from kept_audit`);
    await tamper(sql`update audit_event set seq = -(15 - seq) where seq in (7, 8)`);
    await tamper(sql`update audit_event set seq = -seq where seq < 0`);
    expect((await verifyAudit()).fault).toEqual({ seq: 7, reason: "this line was changed" });
  });

  it("finds the newest lines cut off, also when the head is set back", async () => {
    await tamper(sql`delete from audit_event where seq > 9`);
    expect((await verifyAudit()).fault).toEqual({ seq: 10, reason: "this line is gone" });
    await execute(sql`update installation set audit_seq = 9`);
    expect((await verifyAudit()).fault).toEqual({ seq: 9, reason: "the end of the log was changed" });
  });

  it("finds a line that was added by hand", async () => {
    await execute(
      sql`insert into audit_event select seq + 1, at, actor_kind, actor_id, actor_name, address, user_agent, action,
        target_kind, target_id, target_name, before, after, hash from audit_event where seq = ${LINES}`,
    );
    expect((await verifyAudit()).fault).toMatchObject({ seq: LINES + 1 });
  });

  it("is one chain however many write at once, and keeps nothing of what was rolled back", async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => recordAuditAlone(entry(100 + index))));
    await expect(
      withTransaction(async (client) => {
        await recordAudit(client, entry(200));
        throw new Error("the work failed");
      }),
    ).rejects.toThrow("the work failed");
    await recordAuditAlone(entry(201));
    expect(await verifyAudit()).toEqual({ lines: LINES + 21, fault: null });
    expect(await query(sql`select 1 from audit_event where target_id = '200'`)).toEqual([]);
  });

  it("keeps what strangers send, cut and without what no text has", async () => {
    const long = "x".repeat(2000);
    await recordAuditAlone({ ...entry(1), actor: { ...COMMAND_ACTOR, name: `a\u0000b${long}`, userAgent: long } });
    expect(await verifyAudit()).toMatchObject({ lines: LINES + 1, fault: null });
  });
});
