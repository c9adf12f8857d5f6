import { z } from "zod";
import { readBody, tryInput } from "@/lib/api/read-input";
import type { Scope } from "@/lib/auth/scope";
import { AppError } from "@/lib/core/errors";
import { formatList } from "@/lib/core/format";
import { ALERT_SENDERS } from "@/lib/events/alerts/registry";
import { CLOUD_EVENT_TYPES, decodeCloudEvents, type Unwrapped } from "@/lib/events/cdevents/decode-cloud-events";
import { mapCdEvent, pointerInCdEvent } from "@/lib/events/cdevents/map-cdevent";
import { cdEventSchema } from "@/lib/events/cdevents/schema";
import { DEPLOYMENT_SENDERS } from "@/lib/events/deployments/registry";
import { type DoorMessage, recordMessage } from "@/lib/events/inbox/record-message";
import { NotJson, readNativeBody } from "@/lib/events/native/read-native-body";
import { nativeEventSchema, type Verdicts } from "@/lib/events/native/schema";
import { type SentEvent, takeNativeEvents } from "@/lib/events/native/take-native-events";
import type { Sender, SenderPlace, ToldEvent } from "@/lib/events/senders/sender";
import { enqueueProjection } from "@/lib/jobs/enqueue";

const JSON_TYPE = "application/json";
const LINES = "application/x-ndjson";
export const EVENT_TYPES = [JSON_TYPE, LINES];
/** Bytes of a request with many events, and of one message of a sender. */
export const LARGEST_REQUEST = 32 * 1024 * 1024;
export const LARGEST_MESSAGE = 8 * 1024 * 1024;

/** What a message holds, and where a field of one of its events stands in it. */
interface Read {
  sent: SentEvent[];
  pointerOf: (index: number, field: string) => string;
}

/** One of the ways in which programs tell. */
interface Door {
  types: readonly string[];
  largest: number;
  read(message: DoorMessage): Read;
}

const events: Door = {
  types: EVENT_TYPES,
  largest: LARGEST_REQUEST,
  read({ text, type }) {
    const { items, pointerOf } = readNativeBody(text, type === LINES);
    const sent = items.map((item, index): SentEvent => {
      if (item instanceof NotJson) return { errors: [{ pointer: pointerOf(index), detail: "is not JSON" }] };
      const read = tryInput(nativeEventSchema, item, pointerOf(index));
      return "value" in read ? { event: read.value } : read;
    });
    return { sent, pointerOf: (index, field) => `${pointerOf(index)}/${field}` };
  },
};

const MISSING =
  "is missing: where CDEvents have no field for it, say it in customData, or in the package URL of the artifact (docs/events.md)";

/** A CDEvent as one of ours; what is wrong with it is pointed at where it stands in the CDEvent. */
function readCdEvent({ data, pointer }: Unwrapped): SentEvent {
  const found = tryInput(cdEventSchema, data, pointer);
  if (!("value" in found)) return found;
  const mapped = mapCdEvent(found.value);
  if (mapped === null) return { isNeeded: false };
  const event = tryInput(nativeEventSchema, mapped, "");
  if ("value" in event) return { event: event.value };
  return {
    errors: event.errors.map(({ detail, pointer: field }) => ({
      detail: mapped[field.slice(1)] === undefined ? MISSING : detail,
      pointer: pointer + pointerInCdEvent(field),
    })),
  };
}

const cdevents: Door = {
  types: CLOUD_EVENT_TYPES,
  largest: LARGEST_REQUEST,
  read({ text, type }) {
    const unwrapped = decodeCloudEvents(text, type);
    return {
      sent: unwrapped.map(readCdEvent),
      pointerOf: (index, field) => `${unwrapped[index]?.pointer ?? ""}${pointerInCdEvent(`/${field}`)}`,
    };
  },
};

const name = z.string().min(1).max(250).optional();
/** What the address of a sender's webhook may name. */
export const PLACE = { repository: name, organization: name, key: name, token: name };

/** The forms of some senders, as one. */
export const formsOf = (senders: ReadonlyMap<string, Sender>): z.ZodType =>
  z.union([...senders.values()].map(({ schema }) => schema));

/** What a message tells as one of our events; whatever is wrong with it is wrong with the message as a whole. */
function readTold(told: ToldEvent): SentEvent {
  const event = tryInput(nativeEventSchema, told, "");
  if ("value" in event) return { event: event.value };
  return {
    errors: event.errors.map(({ detail, pointer }) => ({ pointer: "", detail: `${pointer.slice(1)}: ${detail}` })),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError({ code: "bad_request", message: "The body is not JSON.", cause });
  }
}

/** What the address of a message names. */
function placeIn(address: string): SenderPlace {
  const named = new URL(address, "http://localhost").searchParams;
  const of = (what: string) => named.get(what) ?? undefined;
  return { repository: of("repository"), organization: of("organization"), environment: of("environment") };
}

const senderDoor = ({ map, schema }: Sender): Door => ({
  types: [JSON_TYPE],
  largest: LARGEST_MESSAGE,
  read({ address, text }) {
    const pointerOf = () => "";
    const sent = tryInput(schema, parsed(text), "");
    if (!("value" in sent)) return { sent: [sent], pointerOf };
    const told = map(sent.value, placeIn(address));
    return { sent: told.length === 0 ? [{ isNeeded: false }] : told.map(readTold), pointerOf };
  },
});

const sendersAt = (path: string, senders: ReadonlyMap<string, Sender>): [string, Door][] =>
  [...senders].map(([sender, own]) => [`${path}/${sender}`, senderDoor(own)]);

const DOORS: ReadonlyMap<string, Door> = new Map([
  ["events", events],
  ["cdevents", cdevents],
  ...sendersAt("alerts", ALERT_SENDERS),
  ...sendersAt("deployments", DEPLOYMENT_SENDERS),
]);

function doorOf(path: string): Door {
  const door = DOORS.get(path);
  if (door !== undefined) return door;
  const group = `${path.split("/", 1)[0]}/`;
  const there = [...DOORS.keys()].flatMap((one) => (one.startsWith(group) ? one.slice(group.length) : []));
  const message = `There is no sender ${path.slice(group.length)}: there are ${formatList(there)}.`;
  throw new AppError({ code: "not_found", message });
}

/** What names events without an id of their own; a signed webhook has one that stays when it is sent again. */
function idempotencyKeyOf({ headers }: Request): string | null {
  const key = headers.get("idempotency-key") ?? headers.get("webhook-id");
  if (key === null || /^[\x21-\x7e]{1,150}$/.test(key)) return key;
  throw new AppError({
    code: "bad_request",
    message: "An Idempotency-Key, or webhook-id, is a word of at most 150 letters, digits and signs.",
  });
}

/** The address without what proves who sends. */
function addressOf({ url }: Request): string {
  const { pathname, searchParams } = new URL(url);
  for (const secret of ["key", "token"]) searchParams.delete(secret);
  return searchParams.size === 0 ? pathname : `${pathname}?${searchParams}`;
}

/**
 * Takes a message, has the figures follow, and notes what became of it.
 * @throws {AppError} as reading it does; that is noted too
 */
export async function takeMessage(message: DoorMessage, scope: Scope): Promise<Verdicts> {
  const door = doorOf(message.door);
  let read: Read;
  try {
    read = door.read(message);
  } catch (error) {
    if (error instanceof AppError) await recordMessage(message, { error: error.message });
    throw error;
  }
  // Only what programs send as events of ours, or many at once, may leave out ids.
  const idempotencyKey = message.door === "events" ? message.idempotencyKey : null;
  const verdicts = await takeNativeEvents(scope, read.sent, { idempotencyKey, pointerOf: read.pointerOf });
  const kinds = read.sent.flatMap((one) => ("event" in one ? one.event.kind : []));
  await recordMessage(message, { kinds, verdicts });
  if (verdicts.accepted > 0) await enqueueProjection();
  return verdicts;
}

/** Takes what a request tells at a door. @throws {AppError} `not_found` for a sender that nobody knows */
export async function takeRequest(path: string, request: Request, scope: Scope): Promise<Verdicts> {
  const { largest, types } = doorOf(path);
  const idempotencyKey = idempotencyKeyOf(request);
  const body = await readBody(request, types, largest);
  return takeMessage({ door: path, address: addressOf(request), idempotencyKey, ...body }, scope);
}
