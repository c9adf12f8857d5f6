import type { Random } from "@/prisma/seed/random";

/** A JSON Schema as far as the OpenAPI document uses it. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  format?: string;
  default?: unknown;
}

const MOST_ITEMS = 4;
const WORDS = ["api", "acme", "web", "2026-03-01", "week", "prs_merged_week", "rollback_rate_7d", "UTC", "all", "repo"];

/** What no field is made for, and some reader somewhere stumbles over. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  "",
  " ",
  0,
  -0,
  -1,
  1.5,
  1e308,
  9_007_199_254_740_992,
  2_147_483_648,
  "NaN",
  "1e309",
  "9223372036854775808",
  "null",
  "undefined",
  "[object Object]",
  "__proto__",
  "constructor",
  "toString",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\u202eright to left",
  "💥".repeat(50),
  "x".repeat(20_000),
  "' or 1=1; drop table event; --",
  '"; select pg_sleep(10); --',
  "%",
  "%zz",
  "../../etc/passwd",
  "/etc/passwd",
  "C:\\windows",
  "<script>alert(1)</script>",
  "#{7*7}",
  "{{7*7}}",
  "http://169.254.169.254/latest/meta-data",
  "http://[::1]:5432/",
  "https://user:password@localhost/",
  "file:///etc/passwd",
  "0000-00-00",
  "2026-02-30",
  "+275760-09-13T00:00:00.001Z",
  "-271821-04-19T23:59:59Z",
  "2026-03-01T00:00:00+99:99",
  "0001-01-01T00:00:00Z",
  "9999-12-31T23:59:59Z",
  "Europe/Nowhere",
  [],
  {},
  [[[[[[[[]]]]]]]],
  { __proto__: null, toString: 1 },
  { $gt: "" },
];

/** A value as an address holds it. */
export const asText = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(asText).join(",")
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);

export const hostile = (random: Random): unknown => random.pick(HOSTILE);

const instantOf = (random: Random): string =>
  new Date(Date.UTC(2026, 0, 1) + random.int(0, 300) * 86_400_000).toISOString();

function text(schema: Schema, random: Random): string {
  if (schema.format === "date-time") return instantOf(random);
  if (schema.format === "date") return instantOf(random).slice(0, 10);
  const word = random.pick(WORDS);
  const least = schema.minLength ?? 0;
  return word.padEnd(least, "x").slice(0, schema.maxLength ?? Number.POSITIVE_INFINITY);
}

function number(schema: Schema, random: Random): number {
  const low = schema.minimum ?? (schema.exclusiveMinimum === undefined ? 0 : schema.exclusiveMinimum + 1);
  return random.int(low, Math.min(schema.maximum ?? low + 300, low + 300));
}

/** Values that fields of a name take, where their schemas say too little. */
export type Examples = Readonly<Record<string, readonly unknown[]>>;

/** A value that a schema takes, as far as a schema and examples tell. */
export function valid(schema: Schema, random: Random, examples: Examples): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return random.pick(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return valid(random.pick(choices), random, examples);
  if (schema.allOf !== undefined) {
    return Object.assign({}, ...schema.allOf.map((part) => valid(part, random, examples) as object));
  }
  const type = Array.isArray(schema.type) ? random.pick(schema.type) : schema.type;
  switch (type) {
    case "object":
      return object(schema, random, examples);
    case "array": {
      const least = schema.minItems ?? 0;
      const count = random.int(least, Math.max(least, Math.min(schema.maxItems ?? MOST_ITEMS, MOST_ITEMS)));
      return Array.from({ length: count }, () => valid(schema.items ?? {}, random, examples));
    }
    case "integer":
    case "number":
      return number(schema, random);
    case "boolean":
      return random.chance(0.5);
    case "null":
      return null;
    case "string":
      return text(schema, random);
    default:
      return random.pick(WORDS);
  }
}

/** A value for a field: mostly an example, where there are any. */
export function ofField(name: string, schema: Schema, random: Random, examples: Examples): unknown {
  const known = examples[name];
  return known !== undefined && random.chance(0.9) ? random.pick(known) : valid(schema, random, examples);
}

function object(
  { additionalProperties, properties = {}, propertyNames, required = [] }: Schema,
  random: Random,
  examples: Examples,
): object {
  const own = Object.entries(properties).flatMap(([name, schema]) =>
    required.includes(name) || random.chance(0.5) ? [[name, ofField(name, schema, random, examples)] as const] : [],
  );
  const more =
    typeof additionalProperties === "object" && random.chance(0.5)
      ? [
          [
            String(valid(propertyNames ?? { type: "string" }, random, examples)),
            valid(additionalProperties, random, examples),
          ] as const,
        ]
      : [];
  return Object.fromEntries([...own, ...more]);
}

/** The value with one place in it made hostile, taken away, or joined by something that nobody asked for. */
export function mutated(value: unknown, random: Random): unknown {
  if (Array.isArray(value) && value.length > 0 && random.chance(0.8)) {
    const at = random.int(0, value.length - 1);
    return value.map((item, index) => (index === at ? mutated(item, random) : item));
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value);
    if (entries.length > 0 && random.chance(0.8)) {
      const at = random.int(0, entries.length - 1);
      if (random.chance(0.15)) return Object.fromEntries(entries.filter((_, index) => index !== at));
      return Object.fromEntries(
        entries.map(([name, item], index) => [name, index === at ? mutated(item, random) : item]),
      );
    }
    return { ...value, [asText(hostile(random))]: hostile(random) };
  }
  if (Array.isArray(value) && random.chance(0.3)) return Array.from({ length: 2000 }, () => hostile(random));
  return hostile(random);
}
