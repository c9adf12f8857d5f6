import { AppError } from "@/lib/core/errors";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { Download } from "@/lib/exports/download";
import type { ReportItem } from "./types";

/** How long a report is kept. */
export const REPORT_DAYS = 7;
const IN_VIEW = 20;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What somebody asked for of late, the newest first. */
export async function listReports(userId: string): Promise<ReportItem[]> {
  const rows = await query<
    Omit<ReportItem, "createdAt" | "file"> & {
      createdAt: Date;
      fileName: string | null;
      bytes: number | null;
      sha256: string | null;
    }
  >(
    sql`select o.id, o.input ->> 'report' as report, o.input -> 'query' as query, o.state, o.step, o.done, o.total,
        o.error ->> 'message' as error, o.created_at as "createdAt", f.file_name as "fileName",
        f.bytes::float8 as bytes, f.sha256
      from operation o left join report_file f on f.operation_id = o.id
      where o.kind = 'make-report' and o.input ->> 'userId' = ${userId}
        and o.created_at > now() - make_interval(days => ${REPORT_DAYS})
      order by o.created_at desc, o.id limit ${IN_VIEW}`,
  );
  return rows.map(({ bytes, createdAt, fileName, sha256, ...item }) => ({
    ...item,
    file: fileName === null || bytes === null || sha256 === null ? null : { fileName, bytes, sha256 },
    createdAt: createdAt.toISOString(),
  }));
}

/**
 * A report that somebody had made, as a file.
 * @throws {AppError} `not_found` for one of somebody else, or that is not whole or not kept any more
 */
export async function openReportFile(userId: string, id: string): Promise<Download & { sha256: string }> {
  const [file] = UUID.test(id)
    ? await query<{ fileName: string; contentType: string; sha256: string }>(
        sql`select f.file_name as "fileName", f.content_type as "contentType", f.sha256
          from report_file f join operation o on o.id = f.operation_id
          where f.operation_id = ${id}::uuid and o.input ->> 'userId' = ${userId}`,
      )
    : [];
  if (file === undefined)
    throw new AppError({
      code: "not_found",
      message: `You have no report ${id}. They are kept for ${REPORT_DAYS} days.`,
    });
  return { ...file, chunks: piecesOf(id) };
}

async function* piecesOf(id: string): AsyncGenerator<Uint8Array> {
  for (let piece = 0; ; piece += 1) {
    const [row] = await query<{ bytes: Buffer }>(
      sql`select bytes from report_piece where operation_id = ${id}::uuid and piece = ${piece}`,
    );
    if (row === undefined) return;
    yield row.bytes;
  }
}

/** Deletes reports that are too old. @returns how many pieces; at most `most` */
export async function pruneReports(most: number): Promise<number> {
  return execute(
    sql`with old as (
        select p.operation_id, p.piece from report_piece p join operation o on o.id = p.operation_id
        where o.created_at < now() - make_interval(days => ${REPORT_DAYS}) limit ${most}
      ), files as (
        delete from report_file where operation_id in (select operation_id from old)
      )
      delete from report_piece p using old where p.operation_id = old.operation_id and p.piece = old.piece`,
  );
}
