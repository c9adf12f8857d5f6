import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { AppError, errorMessage } from "@/lib/core/errors";
import { createPool } from "@/lib/db/pool";

/** Something else that answers the same questions, to be timed in the same run. */
export interface Peer {
  /** Questions by name; a name of one of our cases puts both into one row. */
  questions: ReadonlyMap<string, () => Promise<void>>;
  close(): Promise<void>;
}

const statements = z.record(z.string().min(1), z.string().min(1));
const requests = z.record(
  z.string().min(1),
  z.strictObject({
    url: z.url(),
    method: z.enum(["GET", "POST"]).default("GET"),
    headers: z.record(z.string(), z.string()).default({}),
    body: z.json().optional(),
  }),
);

function readNamed<Schema extends z.ZodType>(cwd: string, file: string, schema: Schema): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(readFileSync(path.resolve(cwd, file), "utf8")));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : errorMessage(error);
    throw new AppError({ code: "bad_request", message: `${file} cannot be used: ${why}` });
  }
}

/**
 * A peer that answers by SQL.
 * @param file JSON object of statements by name
 * @param url the database that they run on
 */
export function sqlPeer(cwd: string, file: string, url: string): Peer {
  const pool = createPool(url, "fleetgauge-bench-peer");
  const entries = Object.entries(readNamed(cwd, file, statements));
  return {
    questions: new Map(
      entries.map(([name, text]) => [
        name,
        async () => {
          await pool.query(text);
        },
      ]),
    ),
    close: () => pool.end(),
  };
}

/**
 * A peer that answers by HTTP; the whole body is read.
 * @param file JSON object of `{ url, method, headers, body }` by name
 */
export function httpPeer(cwd: string, file: string): Peer {
  const entries = Object.entries(readNamed(cwd, file, requests));
  return {
    questions: new Map(
      entries.map(([name, { url, method, headers, body }]) => [
        name,
        async () => {
          const response = await fetch(url, {
            method,
            headers: body === undefined ? headers : { "content-type": "application/json", ...headers },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          });
          const text = await response.text();
          if (!response.ok) {
            throw new AppError({
              code: "unavailable",
              message: `${name}: ${url} answered ${response.status}: ${text.slice(0, 200)}`,
            });
          }
        },
      ]),
    ),
    close: async () => undefined,
  };
}
