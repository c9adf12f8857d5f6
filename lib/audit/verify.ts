import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { readAuditHead } from "./audit-key";
import { hashLine } from "./chain";
import { readLines } from "./read-lines";

/** What a check of the log found. */
export interface AuditVerdict {
  /** Lines that were looked at. */
  lines: number;
  /** The first line that is not what was written, and why; null when all of them are. */
  fault: { seq: number; reason: string } | null;
}

const PAGE = 5000;

/**
 * Checks every line of the audit log: that none was changed, deleted, put elsewhere or added behind the last one. What
 * follows the first fault says nothing, since each hash rests on the one before.
 */
export async function verifyAudit(): Promise<AuditVerdict> {
  return withTransaction(
    async (client) => {
      await client.query("set transaction isolation level repeatable read, read only");
      const head = await readAuditHead(client);
      let before: Buffer = Buffer.alloc(0);
      let lines = 0;
      for (;;) {
        const page = await readLines(sql`where seq > ${lines} order by seq limit ${PAGE}`, client);
        for (const { hash, ...line } of page) {
          const seq = lines + 1;
          if (line.seq !== seq) return { lines, fault: { seq, reason: "this line is gone" } };
          if (head.key === null) return { lines, fault: { seq, reason: "there are lines, but the key is gone" } };
          const expected = hashLine(head.key, before, line);
          if (expected.toString("hex") !== hash) return { lines, fault: { seq, reason: "this line was changed" } };
          before = expected;
          lines = seq;
        }
        if (page.length < PAGE) break;
      }
      if (head.seq > lines) return { lines, fault: { seq: lines + 1, reason: "this line is gone" } };
      if (head.seq < lines) return { lines, fault: { seq: head.seq + 1, reason: "this line was added by hand" } };
      if (!head.hash.equals(before)) return { lines, fault: { seq: lines, reason: "the end of the log was changed" } };
      return { lines, fault: null };
    },
    { bulk: true },
  );
}
