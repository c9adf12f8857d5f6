import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { GET as openApi } from "@/app/api/openapi.json/route";
import type { RouteHandler } from "@/lib/api/define-route";
import { insertDeliveries } from "@/lib/events/inbox/insert-deliveries";
import { listMetrics } from "@/lib/metrics/registry";
import { insertFleet } from "@/tests/factories/fleet";
import { FuzzAccounts, isForPeople } from "@/tests/fuzz/accounts";
import { examplesOf } from "@/tests/fuzz/examples";
import type { FuzzRequest } from "@/tests/fuzz/requests";
import type { FuzzAnswer } from "@/tests/fuzz/run-fuzz";
import { runFuzz } from "@/tests/fuzz/run-fuzz";
import { useTestDatabase } from "@/tests/setup/test-database";

// The environment is read once, when the first module asks for it.
const github = await vi.hoisted(async () => {
  const { createServer } = await import("node:http");
  // A GitHub that knows nobody.
  const server = createServer((_request, response) => {
    response.writeHead(401, { "content-type": "application/json" }).end('{"message":"Bad credentials"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  process.env.API_REQUESTS_PER_MINUTE = "0";
  process.env.GITHUB_API_URL = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  return server;
});
useTestDatabase();

/**
 * Of the two about the sample whichever comes first is answered. The others take a GitHub, an identity provider, a session
 * that is not one's own, a team, a wave or a roster of an organisation that is there, a password, a code or the token of a link, a metric
 * with a figure to be held against or one that is a share, or a figure of one’s own.
 */
const HARD_TO_PLEASE: ReadonlySet<string> = new Set([
  "PATCH /api/v1/pull-requests/{id}/verdict",
  "POST /api/v1/me/views",
  "DELETE /api/v1/me/views/{id}",
  "GET /api/v1/costs/imports",
  "POST /api/v1/costs/feeds",
  "DELETE /api/v1/costs/feeds/{id}",
  "POST /api/v1/costs/feeds/{id}/pulls",
  "GET /api/v1/costs/entries",
  "GET /api/v1/costs/token-prices",
  "DELETE /api/v1/costs/imports/{id}",
  "POST /api/v1/costs/imports",
  "POST /api/v1/costs/imports/checks",
  "DELETE /api/v1/roi/scenarios/{id}",
  "POST /api/v1/roi/scenarios",
  "GET /api/v1/roi/closes",
  "GET /api/v1/roi/closes/{id}",
  "POST /api/v1/roi/closes",
  "POST /api/v1/roi/closes/{id}/reopen",
  "GET /api/v1/reports/{id}",
  "POST /api/v1/reports/previews",
  "POST /api/v1/reports/schedules",
  "DELETE /api/v1/reports/schedules/{id}",
  "POST /api/v1/reports/schedules/{id}/deliveries",
  "POST /api/v1/reports",
  "POST /api/v1/costs/token-prices/lists",
  "POST /api/v1/costs/centres",
  "PUT /api/v1/costs/centres/{id}",
  "DELETE /api/v1/costs/centres/{id}",
  "POST /api/v1/costs/entries",
  "PUT /api/v1/costs/entries/{id}",
  "DELETE /api/v1/costs/entries/{id}",
  "PUT /api/v1/costs/token-prices",
  "PUT /api/v1/roi/assumptions",
  "PUT /api/v1/roi/exchange-rates",
  "DELETE /api/v1/benchmarks/{id}",
  "POST /api/v1/benchmarks",
  "DELETE /api/v1/sample",
  "POST /api/v1/sample",
  "DELETE /api/v1/identity-providers/{id}",
  "DELETE /api/v1/me/identities/{id}",
  "DELETE /api/v1/me/second-factor",
  "DELETE /api/v1/me/sessions/{id}",
  "PATCH /api/v1/identity-providers/{id}",
  "POST /api/auth/invitations",
  "POST /api/auth/set-up",
  "POST /api/auth/sign-in",
  "POST /api/auth/sign-in/code",
  "POST /api/auth/sign-in/provider",
  "POST /api/v1/metrics/standouts",
  "POST /api/v1/rollout/effect",
  "POST /api/v1/rollout/pilot",
  "PUT /api/v1/rollout-phases",
  "GET /api/v1/rules",
  "PUT /api/v1/rules",
  "POST /api/v1/rules/previews",
  "GET /api/v1/rules/previews/{id}",
  "PUT /api/v1/roster",
  "POST /api/v1/coverage",
  "POST /api/v1/findings",
  "POST /api/v1/milestones",
  "DELETE /api/v1/milestones/{id}",
  "PUT /api/v1/surveys",
  "PUT /api/v1/suggestions",
  "PUT /api/v1/pull-requests/{id}/cause",
  "POST /api/v1/connections",
  "POST /api/v1/connections/{id}",
  "POST /api/v1/github-apps/conversions",
  "POST /api/v1/identity-providers",
  "POST /api/v1/me/identities",
  "POST /api/v1/me/second-factor",
  "PUT /api/auth/invitations",
  "PUT /api/auth/sign-in/provider",
  "PUT /api/v1/me/password",
  "PUT /api/v1/me/second-factor",
]);

const routes = import.meta.glob<Record<string, RouteHandler>>(
  ["/app/api/v1/**/route.ts", "/app/api/auth/**/route.ts", "/app/api/otlp/**/route.ts"],
  { eager: true },
);
const handlerOf = ({ method, route }: FuzzRequest): RouteHandler => {
  const file = `/app${route.replaceAll("{", "[").replaceAll("}", "]")}/route.ts`;
  const handler = routes[file]?.[method];
  if (handler === undefined) throw new Error(`${file} has no ${method}`);
  return handler;
};

let accounts: FuzzAccounts;

beforeAll(async () => {
  await insertFleet();
  accounts = await FuzzAccounts.create();
  const body = Buffer.from("{}");
  await insertDeliveries([{ source: "github", deliveryId: "a", event: "star", action: null, headers: {}, body }]);
});
afterAll(() => {
  github.close();
});

async function ask(request: FuzzRequest): Promise<FuzzAnswer> {
  const { body, headers, method, params, path } = request;
  const handler = handlerOf(request);
  const response = await handler(
    new Request(`http://127.0.0.1:3000${path}`, {
      method,
      headers: {
        host: "127.0.0.1:3000",
        ...(await accounts.proofFor(isForPeople(handler.description?.auth))),
        ...headers,
      },
      ...(body !== null && { body }),
    }),
    { params: Promise.resolve(params) },
  );
  return {
    status: response.status,
    contentType: response.headers.get("content-type") ?? "",
    body: await response.text(),
  };
}

// The short form of `npm run chaos -- fuzz`.
it("answers whatever it is asked, and says of a refusal why", { timeout: 240_000 }, async () => {
  const report = await runFuzz(await openApi().json(), ask, {
    requests: 6000,
    seed: 25,
    hardToPlease: HARD_TO_PLEASE,
    examples: examplesOf(listMetrics().map(({ id }) => id)),
  });
  expect(report.problems).toEqual([]);
  expect(report.requests).toBeGreaterThanOrEqual(6000);
  expect(report.statuses["200"]).toBeGreaterThan(500);
  expect(report.neverAnswered.filter((name) => !HARD_TO_PLEASE.has(name))).toEqual([]);
});
