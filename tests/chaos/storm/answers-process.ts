import { GET as exportReport } from "@/app/api/v1/exports/[report]/route";
import { POST as queryMetrics } from "@/app/api/v1/metrics/query/route";
import { GET as listPullRequests } from "@/app/api/v1/pull-requests/route";
import { GET as listRollbacks } from "@/app/api/v1/rollbacks/route";
import type { Dimension } from "@/lib/core/dimensions";
import { closePool, createPool, setPool } from "@/lib/db/pool";
import { listMetrics } from "@/lib/metrics/registry";
import { testKey } from "@/tests/factories/accounts";

// Prints what an installation answers to a set of questions, for comparison with another one.
const { from, to, url } = JSON.parse(process.argv[2] ?? "{}") as { url: string; from: string; to: string };
setPool(createPool(url, "fleetgauge-chaos-answers"));

const context = { params: Promise.resolve({}) };
const authorization = `Bearer ${await testKey()}`;
const get = (path: string) => new Request(`http://127.0.0.1${path}`, { headers: { authorization } });
const post = (path: string, body: object) =>
  new Request(`http://127.0.0.1${path}`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify(body),
  });

const period = { from, to, timeZone: "UTC" };
for (const groupBy of [[], ["repo"], ["agent"], ["authorKind"], ["category"], ["team"]] satisfies Dimension[][]) {
  const metrics = listMetrics().flatMap(({ dimensions, id }) =>
    groupBy.every((dimension) => dimensions.includes(dimension)) ? id : [],
  );
  const answer = await queryMetrics(
    post("/api/v1/metrics/query", { metrics, ...period, grain: "day", groupBy }),
    context,
  );
  // Up to when everything is known is when it was read, which two runs do at different times.
  process.stdout.write(`${(await answer.text()).replace(/"(asOf|latest)":"[^"]*"/g, '"$1":""')}\n`);
}
const range = new URLSearchParams({ from, to, limit: "200" }).toString();
for (const list of [listPullRequests, listRollbacks]) {
  process.stdout.write(`${await (await list(get(`/api/v1/list?${range}`), context)).text()}\n`);
}
for (const report of ["pull-requests.csv", "rollbacks.csv"]) {
  const answer = await exportReport(get(`/api/v1/exports/${report}?${range}`), {
    params: Promise.resolve({ report }),
  });
  process.stdout.write(`${await answer.text()}\n`);
}
await closePool();
