import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { type AttributePair, type Attributes, digestOf, readAttributes } from "./attributes";
import { eventOf } from "./decode-json";
import { decimalOf, type LogRecord, type MetricPoint, NotOtlp, type Temporality } from "./otlp";

/*
 * The messages of opentelemetry-proto 1.x that are read here, by the numbers of their fields. What is not read is skipped as it
 * stands on the wire, so that newer senders are understood too.
 */

type FieldReader = (reader: BinaryReader, wireType: WireType) => void;

/** Reads the fields of one message; those that nothing is said of are skipped. */
function readFields(bytes: Uint8Array, fields: Readonly<Record<number, FieldReader>>): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    const read = fields[number];
    if (read === undefined) reader.skip(wireType, number);
    else read(reader, wireType);
  }
}

function expect(wireType: WireType, wanted: WireType): void {
  if (wireType !== wanted) throw new NotOtlp("is not the protobuf of OTLP", "");
}

const bytesInto =
  (take: (bytes: Uint8Array) => void): FieldReader =>
  (reader, wireType) => {
    expect(wireType, WireType.LengthDelimited);
    take(reader.bytes());
  };
const textInto =
  (take: (text: string) => void): FieldReader =>
  (reader, wireType) => {
    expect(wireType, WireType.LengthDelimited);
    take(reader.string());
  };
const fixedInto =
  (take: (value: bigint) => void): FieldReader =>
  (reader, wireType) => {
    expect(wireType, WireType.Bit64);
    take(BigInt(reader.fixed64()));
  };
const doubleInto =
  (take: (value: string | null) => void): FieldReader =>
  (reader, wireType) => {
    expect(wireType, WireType.Bit64);
    take(decimalOf(reader.double()));
  };

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

function anyValueOf(bytes: Uint8Array): string {
  let text = "";
  readFields(bytes, {
    1: textInto((value) => {
      text = value;
    }),
    2: (reader, wireType) => {
      expect(wireType, WireType.Varint);
      text = String(reader.bool());
    },
    3: (reader, wireType) => {
      expect(wireType, WireType.Varint);
      text = String(reader.int64());
    },
    4: doubleInto((value) => {
      text = value ?? "NaN";
    }),
    5: bytesInto((value) => {
      text = digestOf([hexOf(value)]);
    }),
    6: bytesInto((value) => {
      text = digestOf([hexOf(value)]);
    }),
    7: bytesInto((value) => {
      text = digestOf([hexOf(value)]);
    }),
  });
  return text;
}

function pairOf(bytes: Uint8Array): AttributePair {
  let [key, text] = ["", ""];
  readFields(bytes, {
    1: textInto((value) => {
      key = value;
    }),
    2: bytesInto((value) => {
      text = anyValueOf(value);
    }),
  });
  return [key, text];
}

/** Attributes of a message that holds them as its field of this number, and nothing else that is read. */
function attributesAt(number: number, bytes: Uint8Array): Attributes {
  const pairs: AttributePair[] = [];
  readFields(bytes, { [number]: bytesInto((pair) => pairs.push(pairOf(pair))) });
  return readAttributes(pairs);
}

const NOTHING = readAttributes([]);

function nameOfScope(bytes: Uint8Array): string {
  let name = "";
  readFields(bytes, {
    1: textInto((value) => {
      name = value;
    }),
  });
  return name;
}

type Point = Pick<MetricPoint, "attributes" | "start" | "time" | "value">;

/** A data point: attributes are the field 7 of a number and the field 9 of a histogram. */
function pointOf(bytes: Uint8Array, isHistogram: boolean): Point {
  const pairs: AttributePair[] = [];
  const point = { start: 0n, time: 0n, value: null as string | null };
  const attributes = bytesInto((pair) => pairs.push(pairOf(pair)));
  const double = doubleInto((value) => {
    point.value = value;
  });
  readFields(bytes, {
    2: fixedInto((value) => {
      point.start = value;
    }),
    3: fixedInto((value) => {
      point.time = value;
    }),
    ...(isHistogram
      ? { 5: double, 9: attributes }
      : {
          4: double,
          6: (reader: BinaryReader, wireType: WireType) => {
            expect(wireType, WireType.Bit64);
            point.value = String(reader.sfixed64());
          },
          7: attributes,
        }),
  });
  return { ...point, attributes: readAttributes(pairs) };
}

const TEMPORALITIES: readonly Temporality[] = [null, "delta", "cumulative"];

function metricOf(bytes: Uint8Array): { name: string; points: (Point & { temporality: Temporality })[] } {
  let name = "";
  const points: (Point & { temporality: Temporality })[] = [];
  const data = (isHistogram: boolean) =>
    bytesInto((sum) => {
      const own: Point[] = [];
      let temporality: Temporality = null;
      readFields(sum, {
        1: bytesInto((point) => own.push(pointOf(point, isHistogram))),
        2: (reader, wireType) => {
          expect(wireType, WireType.Varint);
          temporality = TEMPORALITIES[reader.int32()] ?? null;
        },
      });
      points.push(...own.map((point) => ({ ...point, temporality })));
    });
  readFields(bytes, {
    1: textInto((value) => {
      name = value;
    }),
    7: data(false),
    9: data(true),
  });
  return { name, points };
}

interface Scoped {
  scope: string;
  items: Uint8Array[];
}

/** What each resource of a request holds: metrics and logs are nested alike. */
function* groupsOf(bytes: Uint8Array): Generator<{ resource: Attributes } & Scoped> {
  const groups: Uint8Array[] = [];
  readFields(bytes, { 1: bytesInto((group) => groups.push(group)) });
  for (const group of groups) {
    let resource = NOTHING;
    const scopes: Scoped[] = [];
    readFields(group, {
      1: bytesInto((own) => {
        resource = attributesAt(1, own);
      }),
      2: bytesInto((own) => {
        const scoped: Scoped = { scope: "", items: [] };
        readFields(own, {
          1: bytesInto((scope) => {
            scoped.scope = nameOfScope(scope);
          }),
          2: bytesInto((item) => scoped.items.push(item)),
        });
        scopes.push(scoped);
      }),
    });
    for (const scoped of scopes) yield { resource, ...scoped };
  }
}

/** Says of everything that is wrong with bytes that they are not OTLP. */
function* asOtlp<Item>(items: Generator<Item>): Generator<Item> {
  try {
    yield* items;
  } catch (error) {
    if (error instanceof NotOtlp) throw error;
    if (error instanceof Error) throw new NotOtlp("is not protobuf, or broke off", "");
    throw error;
  }
}

function* metricsOf(bytes: Uint8Array): Generator<MetricPoint> {
  for (const { items, resource, scope } of groupsOf(bytes)) {
    for (const item of items) {
      const { name, points } = metricOf(item);
      for (const point of points) yield { resource, scope, metric: name, ...point };
    }
  }
}

function* logsOf(bytes: Uint8Array): Generator<LogRecord> {
  for (const { items, resource, scope } of groupsOf(bytes)) {
    for (const item of items) {
      const pairs: AttributePair[] = [];
      const record = { time: 0n, observed: 0n, body: "", event: "" };
      readFields(item, {
        1: fixedInto((value) => {
          record.time = value;
        }),
        5: bytesInto((value) => {
          record.body = anyValueOf(value);
        }),
        6: bytesInto((pair) => pairs.push(pairOf(pair))),
        11: fixedInto((value) => {
          record.observed = value;
        }),
        12: textInto((value) => {
          record.event = value;
        }),
      });
      const attributes = readAttributes(pairs);
      yield {
        resource,
        scope,
        event: eventOf(record.event, attributes, record.body),
        attributes,
        time: record.time === 0n ? record.observed : record.time,
        bodyDigest: digestOf([record.body]),
      };
    }
  }
}

/** The data points of sums and histograms of an `ExportMetricsServiceRequest` in protobuf. @throws {NotOtlp} */
export const decodeMetricsProtobuf = (bytes: Uint8Array): Generator<MetricPoint> => asOtlp(metricsOf(bytes));

/** The records of an `ExportLogsServiceRequest` in protobuf. @throws {NotOtlp} */
export const decodeLogsProtobuf = (bytes: Uint8Array): Generator<LogRecord> => asOtlp(logsOf(bytes));
