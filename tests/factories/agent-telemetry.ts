import { type Attributes, ValueType } from "@opentelemetry/api";
import { OTLPLogExporter as JsonLogs } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPLogExporter as ProtobufLogs } from "@opentelemetry/exporter-logs-otlp-proto";
import {
  AggregationTemporalityPreference,
  OTLPMetricExporter as JsonMetrics,
} from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPMetricExporter as ProtobufMetrics } from "@opentelemetry/exporter-metrics-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";

/** How an agent sends its telemetry. */
export interface Sending {
  /** Where the receiver stands, without `/v1/…`. */
  url: string;
  encoding?: "json" | "protobuf";
  gzip?: boolean;
  temporality?: "delta" | "cumulative";
  headers?: Record<string, string>;
  resource: Attributes;
}

const NEVER_MS = 2 ** 30;

const compressed = (gzip: boolean) => (gzip ? { compression: "gzip" as never } : {});

/** The metrics of an agent, sent by the exporters of the OpenTelemetry SDK whenever `flush` is called. */
export function agentMeter({
  encoding = "protobuf",
  gzip = false,
  headers,
  resource,
  temporality = "delta",
  url,
}: Sending) {
  const Exporter = encoding === "json" ? JsonMetrics : ProtobufMetrics;
  const exporter = new Exporter({
    url: `${url}/v1/metrics`,
    ...compressed(gzip),
    ...(headers !== undefined && { headers }),
    temporalityPreference:
      temporality === "delta" ? AggregationTemporalityPreference.DELTA : AggregationTemporalityPreference.CUMULATIVE,
  });
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: NEVER_MS });
  const provider = new MeterProvider({ resource: resourceFromAttributes(resource), readers: [reader] });
  const meter = provider.getMeter("com.anthropic.claude_code", "2.1.0");
  return {
    cost: meter.createCounter("claude_code.cost.usage", { unit: "USD", valueType: ValueType.DOUBLE }),
    tokens: meter.createCounter("claude_code.token.usage", { unit: "tokens", valueType: ValueType.INT }),
    histogram: (name: string) => meter.createHistogram(name),
    counter: (name: string) => meter.createCounter(name, { valueType: ValueType.INT }),
    flush: () => provider.forceFlush(),
    end: () => provider.shutdown(),
  };
}

/** The log records of an agent, each sent at once. */
export function agentLogs({ encoding = "protobuf", gzip = false, headers, resource, url }: Sending) {
  const Exporter = encoding === "json" ? JsonLogs : ProtobufLogs;
  const exporter = new Exporter({
    url: `${url}/v1/logs`,
    ...compressed(gzip),
    ...(headers !== undefined && { headers }),
  });
  const provider = new LoggerProvider({
    resource: resourceFromAttributes(resource),
    processors: [new SimpleLogRecordProcessor({ exporter })],
  });
  const logger = provider.getLogger("com.anthropic.claude_code.events", "2.1.0");
  return {
    emit: (name: string, attributes: Attributes, at?: Date) =>
      logger.emit({
        body: name,
        attributes: { "event.name": name.replace(/^claude_code\./, ""), ...attributes },
        ...(at !== undefined && { timestamp: at }),
      }),
    flush: () => provider.forceFlush(),
    end: () => provider.shutdown(),
  };
}
