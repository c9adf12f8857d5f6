import { AppError } from "@/lib/core/errors";
import { assertFew } from "@/lib/events/native/read-native-body";

/** What CloudEvents 1.0 come as over HTTP, and CDEvents by themselves. */
export const CLOUD_EVENT_TYPES = [
  "application/cloudevents+json",
  "application/cloudevents-batch+json",
  "application/cdevents+json",
  "application/json",
];

/** What was wrapped, and where in the body it stands (RFC 6901). */
export interface Unwrapped {
  data: unknown;
  pointer: string;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError({ code: "bad_request", message: "The body is not JSON.", cause });
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The data of an event whose attributes stand beside it; a CDEvent that nothing wraps is itself. */
function dataOf(event: unknown, pointer: string): Unwrapped {
  if (!isRecord(event) || "context" in event) return { data: event, pointer };
  if (event.specversion !== "1.0") {
    const message = "This is no CloudEvent 1.0 and no CDEvent: it has neither a specversion nor a context.";
    throw new AppError({ code: "unprocessable", message, pointer: `${pointer}/specversion` });
  }
  if (typeof event.data_base64 === "string") {
    const text = Buffer.from(event.data_base64, "base64").toString();
    return { data: parsed(text), pointer: `${pointer}/data_base64` };
  }
  return { data: typeof event.data === "string" ? parsed(event.data) : event.data, pointer: `${pointer}/data` };
}

/**
 * Takes events out of CloudEvents 1.0: structured (the attributes stand in the body), batched, or binary (they stand in the headers).
 * @throws {AppError} `bad_request` for what is no JSON, `unprocessable` at what is no CloudEvent
 */
export function decodeCloudEvents(text: string, type: string): Unwrapped[] {
  const body = parsed(text);
  // The attributes of the binary mode say again what the context of a CDEvent says.
  if (type === "application/cdevents+json") return [{ data: body, pointer: "" }];
  if (Array.isArray(body)) assertFew(body.length);
  return Array.isArray(body) ? body.map((event, index) => dataOf(event, `/${index}`)) : [dataOf(body, "")];
}
