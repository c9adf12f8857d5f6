import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import pg from "pg";

/**
 * The yardstick of webhook ingestion: a server that does nothing but verify the signature over the raw body and insert
 * one raw row per request, without a framework. It is forked with the database and the secret in its environment, tells
 * its parent the port, and ends with it.
 */
const { DATABASE_URL, BENCH_SECRET } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });

await pool.query(`create table if not exists bench_bare_inbox (
  id bigint generated always as identity primary key,
  delivery_id text not null,
  event text not null,
  body bytea not null,
  received_at timestamptz not null default now()
)`);

/** @param {Buffer} body @param {string} signature */
function isSigned(body, signature) {
  const wanted = Buffer.from(
    `sha256=${createHmac("sha256", BENCH_SECRET ?? "")
      .update(body)
      .digest("hex")}`,
  );
  const given = Buffer.from(signature);
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", async () => {
    const body = Buffer.concat(chunks);
    if (!isSigned(body, String(request.headers["x-hub-signature-256"] ?? ""))) {
      response.writeHead(401).end();
      return;
    }
    try {
      await pool.query({
        name: "insert",
        text: "insert into bench_bare_inbox (delivery_id, event, body) values ($1, $2, $3)",
        values: [request.headers["x-github-delivery"], request.headers["x-github-event"], body],
      });
      response.writeHead(202, { "content-type": "application/json" }).end("{}");
    } catch {
      response.writeHead(500).end();
    }
  });
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: server.address().port }));
process.once("disconnect", () => process.exit());
