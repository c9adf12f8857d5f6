import { type AttributePair, type Attributes, digestOf, readAttributes } from "./attributes";
import { decimalOf, type LogRecord, type MetricPoint, NotOtlp, type Temporality } from "./otlp";

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function fieldsOf(value: unknown, pointer: string): Fields {
  if (isFields(value)) return value;
  throw new NotOtlp("must be an object", pointer);
}

/** A list, or nothing in the place of one that is left out. */
function* listOf(parent: Fields, name: string, pointer: string): Generator<[Fields, string]> {
  const list = parent[name];
  if (list === undefined || list === null) return;
  if (!Array.isArray(list)) throw new NotOtlp("must be a list", `${pointer}/${name}`);
  for (const [index, item] of list.entries()) {
    const own = `${pointer}/${name}/${index}`;
    yield [fieldsOf(item, own), own];
  }
}

function textOf(value: unknown, pointer: string): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  throw new NotOtlp("must be text", pointer);
}

/** An integer of 64 bits: JSON has it as text, some senders as a number. */
function integerOf(value: unknown, pointer: string): bigint {
  if (value === undefined || value === null) return 0n;
  const text = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text === "string" && /^-?\d{1,20}$/.test(text)) return BigInt(text);
  throw new NotOtlp("must be an integer of 64 bits, as text", pointer);
}

const NOT_FINITE = new Set(["NaN", "Infinity", "-Infinity"]);

function doubleOf(value: unknown, pointer: string): string | null {
  if (typeof value === "number") return decimalOf(value);
  if (typeof value === "string" && NOT_FINITE.has(value)) return null;
  if (typeof value === "string" && /^-?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?$/.test(value))
    return decimalOf(Number(value));
  throw new NotOtlp("must be a number", pointer);
}

/** A value as text. Lists and maps are written down whole: nothing of them is read. */
function anyValueOf(value: unknown, pointer: string): string {
  if (value === undefined || value === null) return "";
  const { boolValue, doubleValue, intValue, stringValue } = fieldsOf(value, pointer);
  if (stringValue !== undefined) return textOf(stringValue, `${pointer}/stringValue`);
  if (intValue !== undefined) return String(integerOf(intValue, `${pointer}/intValue`));
  if (doubleValue !== undefined) return doubleOf(doubleValue, `${pointer}/doubleValue`) ?? "NaN";
  if (boolValue !== undefined) return String(boolValue === true);
  return digestOf([JSON.stringify(value)]);
}

function attributesOf(parent: Fields, pointer: string): Attributes {
  const pairs: AttributePair[] = [];
  for (const [{ key, value }, own] of listOf(parent, "attributes", pointer))
    pairs.push([textOf(key, `${own}/key`), anyValueOf(value, `${own}/value`)]);
  return readAttributes(pairs);
}

const child = (parent: Fields, name: string, pointer: string): Fields =>
  parent[name] === undefined || parent[name] === null ? {} : fieldsOf(parent[name], `${pointer}/${name}`);

const TEMPORALITIES: ReadonlyMap<unknown, Temporality> = new Map<unknown, Temporality>([
  [1, "delta"],
  [2, "cumulative"],
  ["AGGREGATION_TEMPORALITY_DELTA", "delta"],
  ["AGGREGATION_TEMPORALITY_CUMULATIVE", "cumulative"],
]);

function numberOf(point: Fields, pointer: string): string | null {
  if (point.asInt !== undefined) return String(integerOf(point.asInt, `${pointer}/asInt`));
  if (point.asDouble !== undefined) return doubleOf(point.asDouble, `${pointer}/asDouble`);
  return point.sum === undefined ? null : doubleOf(point.sum, `${pointer}/sum`);
}

/**
 * The data points of sums and histograms of an `ExportMetricsServiceRequest` in JSON; other kinds of metrics hold nothing that is
 * added up. Fields that nobody knows are left aside.
 * @throws {NotOtlp} with the pointer of what it cannot be
 */
export function* decodeMetricsJson(body: unknown): Generator<MetricPoint> {
  for (const [group, groupAt] of listOf(fieldsOf(body, ""), "resourceMetrics", "")) {
    const resource = attributesOf(child(group, "resource", groupAt), `${groupAt}/resource`);
    for (const [scoped, scopedAt] of listOf(group, "scopeMetrics", groupAt)) {
      const scope = textOf(child(scoped, "scope", scopedAt).name, `${scopedAt}/scope/name`);
      for (const [metric, metricAt] of listOf(scoped, "metrics", scopedAt)) {
        const name = textOf(metric.name, `${metricAt}/name`);
        for (const kind of ["sum", "histogram"]) {
          const data = child(metric, kind, metricAt);
          const temporality = TEMPORALITIES.get(data.aggregationTemporality) ?? null;
          for (const [point, at] of listOf(data, "dataPoints", `${metricAt}/${kind}`)) {
            yield {
              resource,
              scope,
              metric: name,
              temporality,
              attributes: attributesOf(point, at),
              start: integerOf(point.startTimeUnixNano, `${at}/startTimeUnixNano`),
              time: integerOf(point.timeUnixNano, `${at}/timeUnixNano`),
              value: numberOf(point, at),
            };
          }
        }
      }
    }
  }
}

/** The records of an `ExportLogsServiceRequest` in JSON. @throws {NotOtlp} with the pointer of what it cannot be */
export function* decodeLogsJson(body: unknown): Generator<LogRecord> {
  for (const [group, groupAt] of listOf(fieldsOf(body, ""), "resourceLogs", "")) {
    const resource = attributesOf(child(group, "resource", groupAt), `${groupAt}/resource`);
    for (const [scoped, scopedAt] of listOf(group, "scopeLogs", groupAt)) {
      const scope = textOf(child(scoped, "scope", scopedAt).name, `${scopedAt}/scope/name`);
      for (const [record, at] of listOf(scoped, "logRecords", scopedAt)) {
        const attributes = attributesOf(record, at);
        const text = anyValueOf(record.body, `${at}/body`);
        const time = integerOf(record.timeUnixNano, `${at}/timeUnixNano`);
        yield {
          resource,
          scope,
          event: eventOf(textOf(record.eventName, `${at}/eventName`), attributes, text),
          attributes,
          time: time === 0n ? integerOf(record.observedTimeUnixNano, `${at}/observedTimeUnixNano`) : time,
          bodyDigest: digestOf([text]),
        };
      }
    }
  }
}

/** A record is named by its field, by an attribute, or by a text that is nothing but a name. */
export function eventOf(field: string, { texts }: Attributes, body: string): string {
  const named = field === "" ? texts.get("event.name") : field;
  return named ?? (/^[\w.]{1,100}$/.test(body) ? body : "");
}
