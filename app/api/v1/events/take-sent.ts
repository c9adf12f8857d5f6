import { z } from "zod";
import { readJson, tryInput } from "@/lib/api/read-input";
import type { Scope } from "@/lib/auth/scope";
import { AppError } from "@/lib/core/errors";
import { formatList } from "@/lib/core/format";
import { nativeEventSchema, type Verdicts } from "@/lib/events/native/schema";
import type { SentEvent } from "@/lib/events/native/take-native-events";
import type { Sender, SenderPlace, ToldEvent } from "@/lib/events/senders/sender";
import { take } from "./take";

/** Bytes of one message. */
export const LARGEST_MESSAGE = 8 * 1024 * 1024;

const name = z.string().min(1).max(250).optional();
/** What the address of a webhook may name. */
export const PLACE = { repository: name, organization: name, key: name, token: name };

/** The forms of some senders, as one. */
export const formsOf = (senders: ReadonlyMap<string, Sender>): z.ZodType =>
  z.union([...senders.values()].map(({ schema }) => schema));

/** What a message tells as one of our events; whatever is wrong with it is wrong with the message as a whole. */
function read(told: ToldEvent): SentEvent {
  const event = tryInput(nativeEventSchema, told, "");
  if ("value" in event) return { event: event.value };
  return {
    errors: event.errors.map(({ detail, pointer }) => ({ pointer: "", detail: `${pointer.slice(1)}: ${detail}` })),
  };
}

const AT_WHOLE = { idempotencyKey: null, pointerOf: () => "" };

/**
 * Takes a message of a program in its own form.
 * @throws {AppError} `not_found` for a program that nobody knows
 */
export async function takeSent(
  senders: ReadonlyMap<string, Sender>,
  { place, request, scope, source }: { source: string | undefined; place: SenderPlace; request: Request; scope: Scope },
): Promise<Verdicts> {
  const found = senders.get(source ?? "");
  if (found === undefined) {
    const message = `There is no sender ${source}: there are ${formatList([...senders.keys()])}.`;
    throw new AppError({ code: "not_found", message });
  }
  const sent = tryInput(found.schema, await readJson(request, LARGEST_MESSAGE), "");
  if (!("value" in sent)) return take(scope, [sent], AT_WHOLE);
  const told = found.map(sent.value, place);
  return take(scope, told.length === 0 ? [{ isNeeded: false }] : told.map(read), AT_WHOLE);
}
