import type { z } from "zod";
import { AppError } from "@/lib/core/errors";

const MEGABYTE = 1024 * 1024;

/** A body of another type than the route reads; answered with 415. */
export class UnsupportedContentType extends Error {
  override readonly name = "UnsupportedContentType";
}

/** Input that a schema refuses, with every field that is wrong; answered with 422. */
export class InvalidInput extends Error {
  override readonly name = "InvalidInput";

  constructor(readonly errors: { detail: string; pointer: string }[]) {
    super(errors[0]?.detail ?? "The request is not valid.");
  }
}

/** JSON pointer (RFC 6901) of a path. */
function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** Levels of a body; none of ours has half as many. */
const MOST_LEVELS = 32;

function refuse(detail: string, path: readonly string[]): never {
  throw new InvalidInput([{ detail, pointer: pointerOf(path) }]);
}

/** Refuses texts that are none, halves of characters or U+0000 in them, and what is nested beyond all reason. */
function assertReadable(input: unknown, path: readonly string[] = []): void {
  if (typeof input === "string" && (!input.isWellFormed() || input.includes("\0"))) {
    refuse("must be text: it holds half of a character, or U+0000", path);
  }
  if (typeof input !== "object" || input === null) return;
  if (path.length === MOST_LEVELS) refuse(`must not be nested more than ${MOST_LEVELS} levels deep`, path);
  for (const [name, value] of Object.entries(input)) {
    assertReadable(name, path);
    assertReadable(value, [...path, name]);
  }
}

/** Checks input against a schema. @throws {InvalidInput} */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  assertReadable(input);
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new InvalidInput(
    result.error.issues.flatMap(({ message, path, ...issue }) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => ({
            detail: `"${key}" is not a field of this request.`,
            pointer: pointerOf([...path, key]),
          }))
        : [{ detail: message, pointer: pointerOf(path) }],
    ),
  );
}

/** The same of one thing among several: what is wrong with it is told, and does not keep the others from being read. */
export function tryInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  pointer: string,
): { value: z.output<Schema> } | { errors: { detail: string; pointer: string }[] } {
  try {
    return { value: parseInput(schema, input) };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return { errors: error.errors.map(({ detail, pointer: field }) => ({ detail, pointer: `${pointer}${field}` })) };
  }
}

/** The parameters of a URL; one that is repeated is a list. */
export function readSearchParams(url: string): Record<string, string | string[]> {
  const parameters = new URL(url).searchParams;
  const names = [...new Set(parameters.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = parameters.getAll(name);
      const [first = ""] = values;
      return [name, values.length > 1 ? values : first];
    }),
  );
}

async function readText(request: Request, largest: number): Promise<string> {
  const message = `The body is larger than ${Math.round(largest / MEGABYTE)} MB.`;
  const tooLarge = new AppError({ code: "payload_too_large", message });
  if (Number(request.headers.get("content-length") ?? 0) > largest) throw tooLarge;
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let bytes = 0;
  let text = "";
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > largest) throw tooLarge;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/**
 * Reads a body of one of some types.
 * @throws {UnsupportedContentType} @throws {AppError} `bad_request` or `payload_too_large`
 */
export async function readBody(
  request: Request,
  types: readonly string[],
  largest: number,
): Promise<{ type: string; text: string }> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!types.includes(type)) throw new UnsupportedContentType(`Send the body as ${types.join(" or ")}.`);
  const encoding = request.headers.get("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity") {
    throw new UnsupportedContentType(`The body must not be compressed (Content-Encoding: ${encoding}).`);
  }
  try {
    return { type, text: await readText(request, largest) };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError({ code: "bad_request", message: "The body is not UTF-8, or broke off.", cause: error });
  }
}

/**
 * Reads a JSON body of at most 1 MB, unless more is allowed.
 * @throws {UnsupportedContentType} @throws {AppError} `bad_request` or `payload_too_large`
 */
export async function readJson(request: Request, largest: number = MEGABYTE): Promise<unknown> {
  const { text } = await readBody(request, ["application/json"], largest);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError({ code: "bad_request", message: "The body is not JSON.", cause: error });
  }
}
