import type { Server } from "node:http";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { POST as logsOfKey } from "@/app/api/otlp/[key]/v1/logs/route";
import { POST as metricsOfKey } from "@/app/api/otlp/[key]/v1/metrics/route";
import { POST as logs } from "@/app/api/otlp/v1/logs/route";
import { POST as metrics } from "@/app/api/otlp/v1/metrics/route";
import { Decimal } from "@/lib/core/decimal";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { addUpUsage } from "@/lib/events/telemetry/add-up-usage";
import { ensureOrganization } from "@/lib/settings/organizations";
import { testKey } from "@/tests/factories/accounts";
import { agentLogs, agentMeter } from "@/tests/factories/agent-telemetry";
import { serveRoute } from "@/tests/factories/serve-route";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

vi.hoisted(() => {
  process.env.API_REQUESTS_PER_MINUTE = "0";
});
useTestDatabase();

let orgId: number;
let server: Server;
let url: string;
/** Every request as it came, to be sent again. */
const sent: { path: string; type: string; encoding: string | null; bytes: Buffer }[] = [];

const routeOf = (path: string): { handler: typeof metrics; params: Record<string, string> } => {
  const signal = path.endsWith("/v1/metrics") ? "metrics" : "logs";
  const [, key] = /^\/api\/otlp\/([^/]+)\/v1\//.exec(path) ?? [];
  if (key === undefined) return { handler: signal === "metrics" ? metrics : logs, params: {} };
  return { handler: signal === "metrics" ? metricsOfKey : logsOfKey, params: { key } };
};

beforeAll(async () => {
  orgId = (await ensureOrganization({ slug: "acme" })).id;
  ({ server, url } = await serveRoute(async (request) => {
    const { pathname } = new URL(request.url);
    const bytes = Buffer.from(await request.clone().arrayBuffer());
    sent.push({
      path: pathname,
      type: request.headers.get("content-type") ?? "",
      encoding: request.headers.get("content-encoding"),
      bytes,
    });
    const { handler, params } = routeOf(pathname);
    return handler(request, { params: Promise.resolve(params) });
  }));
});
afterAll(() => server.close());

beforeEach(async () => {
  sent.length = 0;
  await execute(sql`truncate telemetry_session, telemetry_tally, inbox cascade`);
});

const place = async () => ({ url: `${url}/api/otlp`, headers: { Authorization: `Bearer ${await testKey()}` } });

/** What an organisation's sessions used, all days together. */
async function usage() {
  await addUpUsage();
  return query<{ session: string | null; agent: string; model: string; cost: string | null; tokens: string }>(
    sql`select s.name as session, s.agent, u.model, trim_scale(sum(u.cost))::text as cost,
        concat_ws('/', trim_scale(sum(u.input)), trim_scale(sum(u.output)), trim_scale(sum(u.cache_read)),
          trim_scale(sum(u.cache_write))) as tokens
      from telemetry_usage u join telemetry_session s on s.id = u.session_id where u.org_id = ${orgId}
      group by s.name, s.agent, u.model order by s.name, s.agent, u.model`,
  );
}

/** Sends a request again as it came. */
async function again({ bytes, encoding, path, type }: (typeof sent)[number]) {
  const { handler, params } = routeOf(path);
  const answer = await handler(
    new Request(`http://127.0.0.1:3000${path}`, {
      method: "POST",
      headers: {
        host: "127.0.0.1:3000",
        "content-type": type,
        authorization: `Bearer ${await testKey()}`,
        ...(encoding !== null && { "content-encoding": encoding }),
      },
      body: new Uint8Array(bytes),
    }),
    { params: Promise.resolve(params) },
  );
  expect(answer.status).toBe(200);
}

describe("the exporters of the OpenTelemetry SDK", () => {
  for (const encoding of ["json", "protobuf"] as const)
    for (const gzip of [false, true])
      for (const temporality of ["delta", "cumulative"] as const)
        it(`counts once what comes as ${encoding}, ${gzip ? "packed, " : ""}${temporality}, in any order and repetition`, async () => {
          const session = { "session.id": "5e0c", model: "claude-opus-4-8", "user.email": "ada@acme.example" };
          const meter = agentMeter({
            ...(await place()),
            encoding,
            gzip,
            temporality,
            resource: { "service.name": "claude-code" },
          });
          for (const amount of [0.1, 0.25, 0.0078125]) {
            meter.cost.add(amount, session);
            meter.cost.add(0.000_000_001, { ...session, query_source: "subagent" });
            meter.tokens.add(1000, { ...session, type: "input" });
            meter.tokens.add(7, { ...session, type: "cacheRead" });
            await meter.flush();
          }
          await meter.end();
          expect(sent.map(({ encoding: packed }) => packed)).toEqual(sent.map(() => (gzip ? "gzip" : null)));
          const wanted = [
            {
              session: "5e0c",
              agent: "claude_code",
              model: "claude-opus-4-8",
              // What is cumulative is added up by the sender, in floats: the sum is exactly what it says.
              cost:
                temporality === "delta"
                  ? "0.357812503"
                  : new Decimal("0.3578125").plus(String(1e-9 + 1e-9 + 1e-9)).toFixed(),
              tokens: "3000/0/21/0",
            },
          ];
          expect(await usage()).toEqual(wanted);
          const requests = [...sent];
          await execute(sql`truncate telemetry_session cascade`);
          const [order] = fc.sample(
            fc.shuffledSubarray([...requests, ...requests, ...requests], { minLength: requests.length * 3 }),
            {
              numRuns: 1,
              seed: 7,
            },
          );
          for (const request of order ?? []) {
            await again(request);
            await addUpUsage();
          }
          expect(await usage()).toEqual(wanted);
        });

  it("counts a counter that begins anew from nothing, also with the same beginning", async () => {
    const now = Date.now();
    const point = (start: number, at: number, asDouble: number) => ({
      startTimeUnixNano: `${now - start}000000`,
      timeUnixNano: `${now - at}000000`,
      asDouble,
      attributes: [
        { key: "session.id", value: { stringValue: "again" } },
        { key: "model", value: { stringValue: "m" } },
      ],
    });
    const bodyOf = (...dataPoints: unknown[]) => ({
      resourceMetrics: [
        {
          resource: { attributes: [{ key: "service.name", value: { stringValue: "claude-code" } }] },
          scopeMetrics: [
            {
              metrics: [
                { name: "claude_code.cost.usage", sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints } },
              ],
            },
          ],
        },
      ],
    });
    // 1.5, then anew: 2, then down to 0.5 without a new beginning: 1.5 + 2 + 0.5.
    const points = [point(9000, 8000, 1), point(9000, 7000, 1.5), point(6000, 5000, 2), point(6000, 4000, 0.5)];
    for (const one of [...points].reverse()) {
      expect(await (await call(metrics, "/api/otlp/v1/metrics", { body: bodyOf(one) })).json()).toEqual({});
      await addUpUsage();
    }
    expect(await usage()).toMatchObject([{ cost: "4" }]);
  });

  it("takes calls before counters of the same session, whichever comes first", async () => {
    const there = { ...(await place()), resource: { "service.name": "claude-code", "service.version": "2.1.0" } };
    const call = { "session.id": "both", model: "claude-sonnet-5", input_tokens: 100, output_tokens: 20 };
    const records = agentLogs({ ...there, encoding: "json" });
    const meter = agentMeter(there);
    meter.cost.add(0.5, { "session.id": "both", model: "claude-sonnet-5" });
    await meter.flush();
    expect(await usage()).toMatchObject([{ cost: "0.5" }]);
    records.emit("claude_code.api_request", {
      ...call,
      cost_usd: 0.499_9,
      cost_usd_micros: 499_876,
      cache_read_tokens: 3,
      cache_creation_tokens: 4,
      request_id: "req_1",
    });
    records.emit("claude_code.user_prompt", { "session.id": "both", prompt: "what is it" });
    await records.flush();
    meter.cost.add(0.25, { "session.id": "both", model: "claude-sonnet-5" });
    await meter.flush();
    await Promise.all([records.end(), meter.end()]);
    expect(await usage()).toEqual([
      { session: "both", agent: "claude_code", model: "claude-sonnet-5", cost: "0.499876", tokens: "100/20/3/4" },
    ]);
  });

  it("does not count counters without a session beside the calls of the same producer", async () => {
    const there = { ...(await place()), resource: { "service.name": "claude-code" } };
    const who = { "user.account_uuid": "a1", model: "claude-sonnet-5" };
    const meter = agentMeter(there);
    meter.cost.add(3, who);
    meter.cost.add(5, { ...who, "user.account_uuid": "b2" });
    await meter.flush();
    expect((await usage()).map(({ cost }) => cost)).toEqual(["8"]);
    const records = agentLogs(there);
    records.emit("claude_code.api_request", { ...who, "session.id": "s", cost_usd_micros: 1_000_000, request_id: "r" });
    await records.flush();
    await Promise.all([records.end(), meter.end()]);
    expect((await usage()).map(({ cost, session }) => [session, cost])).toEqual([
      ["s", "1"],
      [null, "5"],
    ]);
  });

  it("reads the tokens of Codex, Gemini CLI and Copilot, each as it counts them", async () => {
    const there = await place();
    const codex = agentLogs({ ...there, resource: { "service.name": "codex_cli_rs" } });
    codex.emit("codex.sse_event", { "conversation.id": "cx", "event.kind": "response.created", model: "gpt-6" });
    codex.emit("codex.sse_event", {
      "conversation.id": "cx",
      "event.kind": "response.completed",
      model: "gpt-6",
      input_token_count: "1000",
      cached_token_count: "400",
      output_token_count: "50",
      reasoning_token_count: "30",
      tool_token_count: "1050",
    });
    const gemini = agentMeter({ ...there, resource: { "service.name": "gemini-cli" } });
    const tokens = gemini.counter("gemini_cli.token.usage");
    for (const [type, count] of Object.entries({ input: 100, tool: 5, cache: 40, output: 7, thought: 3 }))
      tokens.add(count, { "session.id": "gm", model: "gemini-3-pro", type });
    gemini.histogram("gen_ai.client.token.usage").record(100, { "gen_ai.token.type": "input", "session.id": "gm" });
    const copilot = agentMeter({ ...there, encoding: "json", resource: { "service.name": "github-copilot" } });
    const histogram = copilot.histogram("gen_ai.client.token.usage");
    for (const count of [30, 12])
      histogram.record(count, {
        "gen_ai.token.type": "input",
        "gen_ai.request.model": "gpt-6",
        "gen_ai.conversation.id": "cp",
      });
    const turns = agentMeter({ ...there, resource: { "service.name": "codex_exec" } });
    const turn = turns.histogram("codex.turn.token_usage");
    for (const [token_type, count] of Object.entries({
      total: 90,
      input: 80,
      cached_input: 60,
      output: 10,
      reasoning_output: 4,
    }))
      turn.record(count, { token_type, model: "gpt-6", "conversation.id": "cy" });
    for (const one of [gemini, copilot, turns]) await one.end();
    await codex.end();
    expect(await usage()).toEqual([
      { session: "cp", agent: "copilot", model: "gpt-6", cost: null, tokens: "42/0/0/0" },
      { session: "cx", agent: "codex", model: "gpt-6", cost: null, tokens: "600/50/400/0" },
      { session: "cy", agent: "codex", model: "gpt-6", cost: null, tokens: "20/10/60/0" },
      { session: "gm", agent: "gemini_cli", model: "gemini-3-pro", cost: null, tokens: "65/10/40/0" },
    ]);
  });

  it("takes a key in the address, and answers 401 for none", async () => {
    const resource = { "service.name": "gemini-cli" };
    const meter = agentMeter({ url: `${url}/api/otlp/${await testKey()}`, resource });
    meter.counter("gemini_cli.token.usage").add(5, { "session.id": "k", model: "m", type: "input" });
    await meter.end();
    expect(await usage()).toMatchObject([{ session: "k", tokens: "5/0/0/0" }]);
    const params = { key: "fg_wrong" };
    expect((await call(metricsOfKey, "/api/otlp/fg_wrong/v1/metrics", { params, body: {}, as: null })).status).toBe(
      401,
    );
    const as = { authorization: "Bearer fg_wrong" };
    expect((await call(metrics, "/api/otlp/v1/metrics", { body: {}, as })).status).toBe(401);
  });
});

describe("what is dropped at the door", () => {
  it("keeps nothing of what people asked, of what was answered, or of who they are", async () => {
    const there = { ...(await place()), resource: { "service.name": "claude-code", "host.name": "planted-host" } };
    const planted = {
      prompt: "planted-prompt",
      response: "planted-answer",
      "user.email": "planted@acme.example",
      body: "planted-body",
    };
    for (const encoding of ["json", "protobuf"] as const) {
      const records = agentLogs({ ...there, encoding });
      const meter = agentMeter({ ...there, encoding });
      records.emit("claude_code.api_request", {
        ...planted,
        "session.id": encoding,
        model: "m",
        cost_usd: 1,
        request_id: encoding,
      });
      records.emit("claude_code.user_prompt", { ...planted, "session.id": encoding });
      records.emit("planted-event text", planted);
      records.emit("claude_code.api_request", { ...planted, model: "m", cost_usd: -1 }, new Date("2020-01-01"));
      meter.cost.add(1, { ...planted, "session.id": encoding });
      await Promise.all([records.end(), meter.end()]);
    }
    expect(await usage()).toHaveLength(2);
    const tables = await query<{ name: string }>(
      sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    for (const { name } of tables) {
      const [row] = await query<{ count: number }>(
        // biome-ignore lint/style/noNonNullAssertion: the name is of a table that was just listed.
        sql`select count(*)::integer as count from ${sql.ident({ [name]: name }, name)!} t where t::text ~* 'planted'`,
      );
      expect({ name, ...row }).toEqual({ name, count: 0 });
    }
  });
});

describe("what cannot be counted", () => {
  const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const pointOf = (point: object) => ({
    timeUnixNano: `${Date.now()}000000`,
    attributes: [attribute("session.id", "s"), attribute("model", "m")],
    asDouble: 1,
    ...point,
  });
  const bodyOf = (dataPoints: object[], temporality: unknown = 1, service = "claude-code") => ({
    resourceMetrics: [
      {
        resource: { attributes: [attribute("service.name", service)] },
        scopeMetrics: [
          { metrics: [{ name: "claude_code.cost.usage", sum: { aggregationTemporality: temporality, dataPoints } }] },
        ],
      },
    ],
  });
  const send = async (body: unknown) => {
    const answer = await call(metrics, "/api/otlp/v1/metrics", { body });
    return { status: answer.status, body: await answer.json() };
  };

  it("is named and counted in partialSuccess, and the rest of the request is taken", async () => {
    const day = 86_400_000;
    const at = (ms: number) => ({ timeUnixNano: `${Date.now() + ms}000000` });
    const wrong: [object, unknown, string][] = [
      [{ asDouble: "NaN" }, 1, "is no number"],
      [{ asDouble: "Infinity" }, 1, "is no number"],
      [{ asDouble: -1 }, 1, "is below nothing"],
      [{ asDouble: 1e12 }, 1, "is more than can be true"],
      [at(-41 * day), 1, "is older than 40 days"],
      [at(2 * day), 1, "is of a time that has not come: check the clock of the sender"],
      [{}, 0, "does not say whether it is of a time (delta) or since the beginning (cumulative)"],
    ];
    for (const [point, temporality, reason] of wrong) {
      expect(await send(bodyOf([pointOf(point)], temporality))).toEqual({
        status: 200,
        body: { partialSuccess: { rejectedDataPoints: "1", errorMessage: `claude_code.cost.usage ${reason}` } },
      });
    }
    const both = await send(bodyOf([pointOf({ asDouble: "NaN" }), pointOf({ asDouble: 2 })]));
    expect(both.body.partialSuccess.rejectedDataPoints).toBe("1");
    expect(await usage()).toMatchObject([{ cost: "2" }]);
    const kept = await query<{ reason: string; body: string }>(
      sql`select last_error as reason, convert_from(body, 'UTF8') as body from inbox where source = 'otlp/claude_code' order by id`,
    );
    expect(kept[0]).toMatchObject({ reason: "1 refused; claude_code.cost.usage is no number" });
    expect(JSON.parse(kept[2]?.body ?? "").items).toMatchObject([
      { agent: "claude_code", value: "-1", reason: "is below nothing" },
    ]);
  });

  it("is kept apart where the same point is told with another value", async () => {
    const timeUnixNano = `${Date.now()}000000`;
    expect((await send(bodyOf([pointOf({ timeUnixNano })]))).body).toEqual({});
    expect((await send(bodyOf([pointOf({ timeUnixNano, asDouble: "1.0" })]))).body).toEqual({});
    const told = {
      partialSuccess: {
        rejectedDataPoints: "1",
        errorMessage: "claude_code.cost.usage is told with another value already",
      },
    };
    expect((await send(bodyOf([pointOf({ timeUnixNano, asDouble: 3 })]))).body).toEqual(told);
    const twice = bodyOf([pointOf({ timeUnixNano, asDouble: 1 }), pointOf({ timeUnixNano, asDouble: 3 })]);
    expect((await send(twice)).body).toEqual(told);
    expect(await usage()).toMatchObject([{ cost: "1" }]);
  });

  it("says that nothing is read of other services, and leaves what it does not know aside", async () => {
    expect((await send(bodyOf([pointOf({})], 1, "checkout"))).body).toEqual({
      partialSuccess: { rejectedDataPoints: "0", errorMessage: "Nothing is read of the service checkout." },
    });
    const [own] = bodyOf([pointOf({ exemplars: [{}], flags: 1, later: { a: 1 } })]).resourceMetrics;
    expect(
      (await send({ resourceMetrics: [{ ...own, schemaUrl: "https://opentelemetry.io/schemas/1.9.0" }], later: 1 }))
        .body,
    ).toEqual({});
    expect(await usage()).toHaveLength(1);
  });

  it("asks for the organisation where there are several and none is named", async () => {
    const other = await ensureOrganization({ slug: "umbrella" });
    try {
      const point = bodyOf([pointOf({})]);
      expect((await send(point)).body.partialSuccess.errorMessage).toContain("say which organisation it is of");
      const answer = await call(metrics, "/api/otlp/v1/metrics?organization=umbrella", { body: point });
      expect(await answer.json()).toEqual({});
      const named = bodyOf([
        pointOf({
          attributes: [
            ...pointOf({}).attributes,
            attribute("repo", "https://planted:planted@github.com/acme/billing.git"),
          ],
        }),
      ]);
      expect((await send(named)).body).toEqual({});
      const found = await query<{ orgId: number; repository: string | null }>(
        sql`select org_id as "orgId", repository from telemetry_session order by id`,
      );
      expect(found).toEqual([
        { orgId: other.id, repository: null },
        { orgId, repository: "acme/billing" },
      ]);
    } finally {
      await execute(sql`delete from organization where id = ${other.id}`);
    }
  });

  it("answers 4xx for what is not OTLP, with where, and takes what is right afterwards", async () => {
    const refusal = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
      const answer = await call(path.endsWith("metrics") ? metrics : logs, path, { body, headers });
      return [answer.status, answer.headers.get("content-type"), (await answer.json()).errors?.[0]?.pointer ?? null];
    };
    const problem = "application/problem+json";
    const m = "/api/otlp/v1/metrics";
    expect(await refusal(m, "{")).toEqual([400, problem, null]);
    expect(await refusal(m, [])).toEqual([422, problem, ""]);
    expect(await refusal(m, { resourceMetrics: {} })).toEqual([422, problem, "/resourceMetrics"]);
    expect(await refusal(m, bodyOf([pointOf({ asDouble: "1,5" })]))).toEqual([
      422,
      problem,
      "/resourceMetrics/0/scopeMetrics/0/metrics/0/sum/dataPoints/0/asDouble",
    ]);
    expect(await refusal(m, bodyOf([pointOf({ timeUnixNano: 1.5 })]))).toEqual([
      422,
      problem,
      "/resourceMetrics/0/scopeMetrics/0/metrics/0/sum/dataPoints/0/timeUnixNano",
    ]);
    expect(await refusal(m, "{}", { "content-type": "text/plain" })).toEqual([415, problem, null]);
    expect(await refusal(m, "{}", { "content-encoding": "br" })).toEqual([415, problem, null]);
    expect(await refusal(m, "{}", { "content-encoding": "gzip" })).toEqual([400, problem, null]);
    const bytes = async (body: Buffer, headers: Record<string, string>) => {
      const answer = await metrics(
        new Request(`http://127.0.0.1:3000${m}`, {
          method: "POST",
          headers: { host: "127.0.0.1:3000", authorization: `Bearer ${await testKey()}`, ...headers },
          body: new Uint8Array(body),
        }),
        { params: Promise.resolve({}) },
      );
      return answer.status;
    };
    const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024));
    expect(await bytes(bomb, { "content-type": "application/json", "content-encoding": "gzip" })).toBe(413);
    expect(await bytes(Buffer.from([255, 255, 255]), { "content-type": "application/x-protobuf" })).toBe(422);
    expect((await send(bodyOf([pointOf({})]))).body).toEqual({});
  });

  it("answers 4xx or 200 for whatever protobuf breaks off, and never 5xx", async () => {
    const meter = agentMeter({ ...(await place()), resource: { "service.name": "claude-code" } });
    meter.cost.add(1, { "session.id": "cut", model: "m" });
    await meter.end();
    const whole = sent[0]?.bytes ?? Buffer.alloc(0);
    expect(whole.length).toBeGreaterThan(100);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }), fc.boolean(), async (at, byte, cut) => {
        const body = Buffer.from(cut ? whole.subarray(0, at) : whole);
        if (!cut) body[at] = byte;
        const answer = await metrics(
          new Request("http://127.0.0.1:3000/api/otlp/v1/metrics", {
            method: "POST",
            headers: {
              host: "127.0.0.1:3000",
              "content-type": "application/x-protobuf",
              authorization: `Bearer ${await testKey()}`,
            },
            body: new Uint8Array(body),
          }),
          { params: Promise.resolve({}) },
        );
        expect([200, 422]).toContain(answer.status);
      }),
      { numRuns: 300, seed: 11 },
    );
  });
});
