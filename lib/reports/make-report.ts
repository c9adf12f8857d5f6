import { createHash } from "node:crypto";
import { findAbsentUser } from "@/lib/auth/user-caller";
import { AppError } from "@/lib/core/errors";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { readReportName } from "@/lib/exports/report";
import { openReport } from "./open-report";
import type { MadeReport, ReportRequest } from "./types";

/** Bytes of a piece: what is held in memory at a time, and sent as one. */
const PIECE = 1024 * 1024;

type OnProgress = (step: string, done: number, total: number | null) => void;

/**
 * Makes a report for somebody, with what they may see now, and keeps it in pieces. Made again it takes the place of what was
 * left of it.
 * @throws {AppError} `forbidden` where whoever asked for it may not have it any more, and what cannot be answered
 */
export async function makeReport(
  { operationId, query: asked, report, userId }: ReportRequest & { operationId: string; userId: string },
  { onProgress, signal }: { onProgress: OnProgress; signal: AbortSignal | undefined },
): Promise<MadeReport> {
  const user = await findAbsentUser(userId);
  if (user === null || !user.permissions.has("exports:read"))
    throw new AppError({ code: "forbidden", message: "Whoever asked for it may not have reports any more." });
  onProgress("Working it out", 0, null);
  const rows = (done: number, total: number | null) => onProgress("Writing", done, total);
  const { chunks, contentType, fileName } = await openReport(user.scope, readReportName(report), asked, rows);
  await execute(sql`delete from report_piece where operation_id = ${operationId}::uuid`);
  const hash = createHash("sha256");
  let bytes = 0;
  let piece = 0;
  for await (const block of blocksOf(chunks)) {
    signal?.throwIfAborted();
    hash.update(block);
    bytes += block.byteLength;
    await execute(
      sql`insert into report_piece (operation_id, piece, bytes) values (${operationId}::uuid, ${piece}, ${block})`,
    );
    piece += 1;
  }
  const sha256 = hash.digest("hex");
  await execute(
    sql`insert into report_file (operation_id, file_name, content_type, bytes, sha256)
      values (${operationId}::uuid, ${fileName}, ${contentType}, ${bytes}, ${sha256})
      on conflict (operation_id) do update set file_name = excluded.file_name, content_type = excluded.content_type,
        bytes = excluded.bytes, sha256 = excluded.sha256, made_at = now()`,
  );
  return { fileName, bytes, sha256 };
}

/** The same bytes in pieces of one size; the last is as long as it is. */
async function* blocksOf(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    const part = typeof chunk === "string" ? Buffer.from(chunk, "utf8") : chunk;
    held.push(part);
    size += part.byteLength;
    if (size < PIECE) continue;
    yield Buffer.concat(held);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(held);
}
