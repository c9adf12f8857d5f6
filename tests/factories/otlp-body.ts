const attributesOf = (attributes: Readonly<Record<string, string | number>>) =>
  Object.entries(attributes).map(([key, value]) => ({
    key,
    value:
      typeof value === "number" && Number.isInteger(value)
        ? { intValue: String(value) }
        : { stringValue: String(value) },
  }));

const nanosOf = (at: string): string => `${Date.parse(at)}000000`;

/** A call of a model as Claude Code tells it. */
export interface ToldCall {
  at: string;
  session?: string;
  cost?: string;
  attributes?: Readonly<Record<string, string | number>>;
}

/** An `ExportLogsServiceRequest` of Claude Code in JSON. */
export function callsBody(
  calls: readonly ToldCall[],
  resource: Readonly<Record<string, string | number>> = {},
): unknown {
  const records = calls.map(({ at, attributes = {}, cost, session = "s" }, index) => ({
    timeUnixNano: nanosOf(at),
    body: { stringValue: "claude_code.api_request" },
    attributes: attributesOf({
      "event.name": "api_request",
      "session.id": session,
      model: "claude-sonnet-5",
      request_id: `${session}-${at}-${index}`,
      ...(cost !== undefined && { cost_usd: cost }),
      ...attributes,
    }),
  }));
  return {
    resourceLogs: [
      {
        resource: { attributes: attributesOf({ "service.name": "claude-code", ...resource }) },
        scopeLogs: [{ scope: { name: "com.anthropic.claude_code.events" }, logRecords: records }],
      },
    ],
  };
}

/** A point of the counter of costs. */
export interface ToldCost {
  at: string;
  from: string;
  value: number | string;
  attributes: Readonly<Record<string, string | number>>;
}

/** An `ExportMetricsServiceRequest` of Claude Code in JSON. */
export function costsBody(
  points: readonly ToldCost[],
  {
    temporality = 1,
    resource = {},
  }: { temporality?: 1 | 2; resource?: Readonly<Record<string, string | number>> } = {},
): unknown {
  const dataPoints = points.map(({ at, attributes, from, value }) => ({
    startTimeUnixNano: nanosOf(from),
    timeUnixNano: nanosOf(at),
    asDouble: value,
    attributes: attributesOf(attributes),
  }));
  return {
    resourceMetrics: [
      {
        resource: { attributes: attributesOf({ "service.name": "claude-code", ...resource }) },
        scopeMetrics: [
          {
            scope: { name: "com.anthropic.claude_code" },
            metrics: [
              {
                name: "claude_code.cost.usage",
                unit: "USD",
                sum: { aggregationTemporality: temporality, isMonotonic: true, dataPoints },
              },
            ],
          },
        ],
      },
    ],
  };
}
