import { z } from "zod";
import type { RouteDescription, RouteHandler } from "./define-route";

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  pointer: z.string().optional(),
  errors: z.array(z.object({ detail: z.string(), pointer: z.string() })).optional(),
});

/** A JSON Schema of the 2020-12 draft, which is what OpenAPI 3.1 speaks. */
export function jsonSchemaOf(schema: z.ZodType, io: "input" | "output"): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ jsonSchema: found }) => {
      // The format says all that the long pattern behind it does.
      if (found.format === "date-time" || found.format === "date") delete found.pattern;
    },
  });
  return rest;
}

const objectSchema = z.object({
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  required: z.array(z.string()).default([]),
});

function parametersOf(path: string, query: z.ZodType | null): Record<string, unknown>[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  if (query === null) return inPath;
  // What is written in a URL is text; what the reader makes of it says more about the allowed values.
  const { properties } = objectSchema.parse(jsonSchemaOf(query, "output"));
  const inQuery = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: false,
    ...(schema.type === "array" ? { style: "form", explode: false } : {}),
    schema,
  }));
  return [...inPath, ...inQuery];
}

/** How a caller proves who it is; a permission is a scope of its key. */
function securityOf({ auth, signedBytes }: RouteDescription): Record<string, unknown> {
  if (auth === "public") return { security: [] };
  if (auth === "signed-in") return { security: [{ session: [] }] };
  return { security: [{ key: [auth] }, ...(signedBytes === null ? [] : [{ signature: [] }]), { session: [] }] };
}

/** What a route takes, by its media types. */
function contentOf({ body, takes }: Pick<RouteDescription, "body" | "takes">) {
  const taken = takes ?? (body === null ? null : { schema: body, types: ["application/json"] });
  if (taken === null) return {};
  const schema = jsonSchemaOf(taken.schema, "input");
  return {
    requestBody: { required: true, content: Object.fromEntries(taken.types.map((type) => [type, { schema }])) },
  };
}

function operationOf(path: string, description: RouteDescription) {
  const { produces, query, response, status, summary } = description;
  const parameters = parametersOf(path, query);
  const problem = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  return {
    summary,
    ...securityOf(description),
    ...(parameters.length > 0 && { parameters }),
    ...contentOf(description),
    responses: {
      [String(status)]: {
        description: "The answer.",
        content: { [produces]: response === null ? {} : { schema: jsonSchemaOf(response, "output") } },
      },
      default: { description: "A problem document (RFC 9457).", content: problem },
    },
  };
}

/** One path of the document and the exports of its route file. */
export interface DocumentedPath {
  /** With `{name}` for the variable parts. */
  path: string;
  methods: Record<string, unknown>;
}

function isHandler(value: unknown): value is RouteHandler {
  return typeof value === "function" && "description" in value;
}

/** The OpenAPI 3.1 document of these routes, made from the schemas that they parse and answer with. */
export function buildOpenApi(paths: readonly DocumentedPath[]): Record<string, unknown> {
  return {
    openapi: "3.1.0",
    info: {
      title: "Fleetgauge",
      version: "1",
      description:
        "Programs send a key as `Authorization: Bearer fg_…`, pages the cookie of their session. Times are ISO 8601 instants in UTC.",
    },
    paths: Object.fromEntries(
      paths.map(({ methods, path }) => [
        path,
        Object.fromEntries(
          Object.entries(methods).flatMap(([method, handler]) =>
            isHandler(handler) ? [[method.toLowerCase(), operationOf(path, handler.description)]] : [],
          ),
        ),
      ]),
    ),
    components: {
      schemas: { Problem: jsonSchemaOf(problemSchema, "output") },
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "A key of the installation; a permission is its scope." },
        signature: {
          type: "apiKey",
          in: "header",
          name: "webhook-signature",
          description:
            "Standard Webhooks 1.0, with webhook-id and webhook-timestamp: signed with the signing secret of the key whose id is in ?key=.",
        },
        session: { type: "apiKey", in: "cookie", name: "__Host-fleetgauge_session" },
      },
    },
  };
}
