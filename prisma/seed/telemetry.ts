import { seedOf } from "@/lib/core/random";
import { iso, SAMPLE_END } from "./calendar";
import { SAMPLE_OWNER } from "./company";
import { Random } from "./random";

/** Days at the end of the sample of which agents told. */
const TOLD_DAYS = 38;

const MODELS = [
  { name: "claude-sonnet-5", perCall: 0.21 },
  { name: "claude-opus-4-8", perCall: 0.68 },
];
const MINUTE_MS = 60_000;

/** A merged pull request that an agent made, as its telemetry knows it. */
export interface ToldChange {
  repository: string;
  number: number;
  team: string | null;
  branch: string | null;
  /** Milliseconds: its first and last commit. */
  from: number;
  to: number;
}

/** Whether agents told of what was merged then. */
export const isTold = (mergedAt: number): boolean => mergedAt >= SAMPLE_END - TOLD_DAYS * 24 * 60 * MINUTE_MS;

const attributesOf = (attributes: Readonly<Record<string, string | null>>) =>
  Object.entries(attributes).flatMap(([key, stringValue]) =>
    stringValue === null ? [] : [{ key, value: { stringValue } }],
  );

/** What most say of their sessions: repository and branch; some the repository alone, some nothing. */
function placeOf(random: Random, { branch, repository, team }: ToldChange): Record<string, string | null> {
  const share = random.next();
  return {
    team,
    repository: share < 0.86 ? `${SAMPLE_OWNER}/${repository}` : null,
    branch: share < 0.74 ? branch : null,
  };
}

/**
 * The log records that Claude Code sends (OTLP in JSON) of the sessions in which a pull request was made: each call of a model with its
 * tokens and its price.
 */
export function sampleTelemetry(change: ToldChange): unknown {
  const random = new Random(seedOf(`telemetry ${change.repository} ${change.number}`));
  const place = placeOf(random, change);
  const session = `${random.uint32().toString(16).padStart(8, "0")}-${change.repository}-${change.number}`;
  const start = change.from - random.int(8, 50) * MINUTE_MS;
  const calls = random.int(6, 22);
  const model = random.chance(0.8) ? MODELS[0] : MODELS[1];
  if (model === undefined) throw new Error("The sample has no model");
  const records = Array.from({ length: calls }, (_, index) => {
    const at = Math.round(start + ((change.to - start) * (index + random.next())) / calls);
    return {
      timeUnixNano: `${at}000000`,
      body: { stringValue: "claude_code.api_request" },
      attributes: attributesOf({
        "event.name": "api_request",
        "event.timestamp": iso(at),
        "session.id": session,
        model: model.name,
        cost_usd_micros: String(Math.round(model.perCall * random.between(0.3, 1.9) * 1_000_000)),
        input_tokens: String(random.int(40, 9000)),
        output_tokens: String(random.int(150, 4200)),
        cache_read_tokens: String(random.int(10_000, 160_000)),
        cache_creation_tokens: String(random.int(500, 24_000)),
        request_id: `req_${session}_${index}`,
      }),
    };
  });
  return {
    resourceLogs: [
      {
        resource: { attributes: attributesOf({ "service.name": "claude-code", organization: SAMPLE_OWNER, ...place }) },
        scopeLogs: [{ scope: { name: "com.anthropic.claude_code.events" }, logRecords: records }],
      },
    ],
  };
}
