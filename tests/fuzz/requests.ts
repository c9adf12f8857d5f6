import type { Random } from "@/prisma/seed/random";
import { asText, type Examples, hostile, mutated, ofField, type Schema, valid } from "./values";

interface Parameter {
  name: string;
  in: "path" | "query";
  schema: Schema;
}

/** One way to ask: a path with its placeholders, a method, and what both take. */
export interface Operation {
  path: string;
  method: string;
  parameters: Parameter[];
  body: Schema | null;
}

/** A request as it is sent: everything in it is text. */
export interface FuzzRequest {
  method: string;
  /** The path with its query, as it stands in the request line. */
  path: string;
  /** The path with its placeholders. */
  route: string;
  params: Record<string, string>;
  headers: Record<string, string>;
  body: string | null;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
const IDS = ["1", "2", "1-1", "1-2", "7-300", "pull-requests", "rollbacks", "pull-requests.csv", "overview.csv"];
const TYPES = ["text/plain", "application/xml", "application/json; charset=utf-7", "multipart/form-data", ""];

interface Document {
  paths: Record<string, Record<string, { parameters?: Parameter[]; requestBody?: Body }>>;
}
interface Body {
  content: Record<string, { schema: Schema }>;
}

/** What an OpenAPI document says that can be asked. */
export function operationsOf({ paths }: Document): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      path,
      method: method.toUpperCase(),
      parameters,
      body: requestBody?.content["application/json"]?.schema ?? null,
    })),
  );
}

/** A lone surrogate is no text that an address can hold. */
const encoded = (value: string): string => encodeURIComponent(value.replace(/[\ud800-\udfff]/gu, "\ufffd"));

function queryOf(parameters: Parameter[], random: Random, examples: Examples, wild: boolean): string {
  // Some requests name most of what they could, some hardly anything: with all of it something is nearly always wrong.
  const leftOut = random.pick([0.5, 0.8, 0.95]);
  const parts = parameters.flatMap(({ name, schema, in: place }) => {
    if (place !== "query" || random.chance(leftOut)) return [];
    const value = wild && random.chance(0.4) ? hostile(random) : ofField(name, schema, random, examples);
    const part = `${encoded(name)}=${encoded(asText(value))}`;
    return wild && random.chance(0.1) ? [part, part] : [part];
  });
  if (wild && random.chance(0.2)) parts.push(`${encoded(asText(hostile(random)))}=${encoded(asText(hostile(random)))}`);
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

function bodyOf(schema: Schema, random: Random, examples: Examples, wild: boolean): string {
  const value = valid(schema, random, examples);
  if (!wild) return JSON.stringify(value);
  const text = JSON.stringify(mutated(value, random)) ?? "";
  if (random.chance(0.85)) return text;
  return random.pick([
    text.slice(0, Math.floor(text.length / 2)),
    `${text},`,
    "",
    "[".repeat(5000),
    "\ufeff{}",
    "{'a':1}",
  ]);
}

/** A request made from what an operation takes. @param wild wrong in one way or several, not as it should be */
export function makeRequest(operation: Operation, random: Random, examples: Examples, wild: boolean): FuzzRequest {
  const method = wild && random.chance(0.08) ? random.pick(METHODS) : operation.method;
  const params: Record<string, string> = {};
  for (const { name, in: place } of operation.parameters) {
    if (place !== "path") continue;
    const text = wild && random.chance(0.5) ? asText(hostile(random)) : asText(random.pick(examples[name] ?? IDS));
    // An empty part, or one with a slash in it, is another path.
    params[name] =
      text
        .replace(/[\ud800-\udfff]/gu, "\ufffd")
        .replaceAll("/", "-")
        .slice(0, 3000) || "x";
  }
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? "x"));
  const takesBody = method !== "GET" && method !== "DELETE";
  const body = takesBody ? bodyOf(operation.body ?? {}, random, examples, wild) : null;
  const type = wild && random.chance(0.05) ? random.pick(TYPES) : "application/json";
  return {
    method,
    path: `${path}${queryOf(operation.parameters, random, examples, wild)}`,
    route: operation.path,
    params,
    headers: body === null || type === "" ? {} : { "content-type": type },
    body,
  };
}
