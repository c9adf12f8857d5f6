import { z } from "zod";
import { defineReceiver, type RouteHandler } from "@/lib/api/define-route";
import { readCompressedBody } from "@/lib/api/read-compressed-body";
import { InvalidInput } from "@/lib/api/read-input";
import type { Scope } from "@/lib/auth/scope";
import { AppError } from "@/lib/core/errors";
import { recordMessage } from "@/lib/events/inbox/record-message";
import { decodeLogsJson, decodeMetricsJson } from "@/lib/events/telemetry/decode-json";
import { decodeLogsProtobuf, decodeMetricsProtobuf } from "@/lib/events/telemetry/decode-protobuf";
import { encodePartialSuccess } from "@/lib/events/telemetry/encode-answer";
import { NotOtlp } from "@/lib/events/telemetry/otlp";
import { type TelemetryOutcome, takeLogs, takeMetrics } from "@/lib/events/telemetry/take-telemetry";
import { tallyTelemetry } from "@/lib/events/telemetry/tally-telemetry";

const JSON_TYPE = "application/json";
const PROTOBUF = "application/x-protobuf";
const TYPES = [JSON_TYPE, PROTOBUF];
const MEGABYTE = 1024 * 1024;
const MOST = { sent: 16 * MEGABYTE, unpacked: 64 * MEGABYTE };
/** Of more that was refused in one request their number is kept. */
const MOST_KEPT = 100;

type Signal = "metrics" | "logs";

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError({ code: "bad_request", message: "The body is not JSON, or not UTF-8.", cause });
  }
}

function take(
  signal: Signal,
  { bytes, type }: { bytes: Buffer; type: string },
  scope: Scope,
  organization: string | null,
): Promise<TelemetryOutcome> {
  const isJson = type === JSON_TYPE;
  if (signal === "metrics") {
    const points = isJson ? decodeMetricsJson(parsed(bytes)) : decodeMetricsProtobuf(bytes);
    return takeMetrics(scope, organization, points);
  }
  const records = isJson ? decodeLogsJson(parsed(bytes)) : decodeLogsProtobuf(bytes);
  return takeLogs(scope, organization, records);
}

/** What whoever sends is told, where not all of it was taken or nothing is read of it; null where there is nothing to tell. */
function complaintOf({ refused, strangers }: TelemetryOutcome): string | null {
  const [first] = refused;
  if (first !== undefined) {
    const others = refused.length === 1 ? "" : ` (and ${refused.length - 1} more)`;
    return `${first.what} ${first.reason}${others}`;
  }
  return strangers.length === 0
    ? null
    : `Nothing is read of the service ${strangers.map((name) => name || "without a name").join(", ")}.`;
}

/** Keeps what was refused beside the deliveries, without anything that is dropped at the door. */
async function keepRefused(address: string, { refused }: TelemetryOutcome): Promise<void> {
  const [first] = refused;
  if (first === undefined) return;
  const text = JSON.stringify({ refused: refused.length, items: refused.slice(0, MOST_KEPT) }, null, 2);
  const error = `${refused.length} refused; ${first.what} ${first.reason}`;
  await recordMessage({ door: `otlp/${first.agent}`, address, type: JSON_TYPE, idempotencyKey: null, text }, { error });
}

async function receive(
  signal: Signal,
  request: Request,
  scope: Scope,
  organization: string | undefined,
): Promise<Response> {
  const address = `/api/otlp/v1/${signal}`;
  const body = await readCompressedBody(request, TYPES, MOST);
  let outcome: TelemetryOutcome;
  try {
    outcome = await take(signal, body, scope, organization ?? null);
  } catch (error) {
    if (!(error instanceof NotOtlp)) throw error;
    throw new InvalidInput([{ pointer: error.pointer, detail: `${error.message}.` }]);
  }
  await keepRefused(address, outcome);
  await tallyTelemetry(outcome.tallies);
  const complaint = complaintOf(outcome);
  const headers = { "Cache-Control": "private, no-store", "Content-Type": body.type };
  if (body.type === PROTOBUF) {
    const bytes = complaint === null ? new Uint8Array() : encodePartialSuccess(outcome.refused.length, complaint);
    return new Response(new Uint8Array(bytes), { headers });
  }
  const rejected = signal === "metrics" ? "rejectedDataPoints" : "rejectedLogRecords";
  const partialSuccess = { [rejected]: String(outcome.refused.length), errorMessage: complaint };
  return Response.json(complaint === null ? {} : { partialSuccess }, { headers });
}

/** The door of one kind of telemetry (OTLP/HTTP 1.x). */
export const otlpRoute = (signal: Signal, summary: string): RouteHandler =>
  defineReceiver({
    summary,
    auth: "events:write",
    query: z.strictObject({ organization: z.string().min(1).max(250).optional(), token: z.string().optional() }),
    takes: {
      schema: z.looseObject({
        [signal === "metrics" ? "resourceMetrics" : "resourceLogs"]: z.array(z.looseObject({})),
      }),
      types: TYPES,
    },
    produces: JSON_TYPE,
    receive: ({ query, request, scope }) => receive(signal, request, scope, query.organization),
  });

/** The door of traces, which agents send with the others: nothing is read of them, and nothing is kept. */
export const tracesRoute = (summary: string): RouteHandler =>
  defineReceiver({
    summary,
    auth: "events:write",
    takes: { schema: z.looseObject({ resourceSpans: z.array(z.looseObject({})) }), types: TYPES },
    produces: JSON_TYPE,
    receive: async ({ request }) => {
      const { type } = await readCompressedBody(request, TYPES, MOST);
      const headers = { "Cache-Control": "private, no-store", "Content-Type": type };
      return type === PROTOBUF ? new Response(new Uint8Array(), { headers }) : Response.json({}, { headers });
    },
  });
