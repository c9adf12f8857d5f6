import { z } from "zod";
import { sender } from "@/lib/events/senders/sender";
import { placedIn, severityOf } from "./alert-words";

/** Milliseconds since 1970, as a number or as its text: variables stand in quotes. */
const date = z.union([z.number().min(0).max(1e14), z.string().regex(/^\d{10,14}$/)]).transform(Number);

/** The value of a tag among `env:prod,service:billing`. */
const tagOf = (tags: string, name: string): string | undefined =>
  tags
    .split(",")
    .map((tag) => tag.trim())
    .find((tag) => tag.startsWith(`${name}:`))
    ?.slice(name.length + 1);

/** Datadog, whose payload is what the owner of a webhook writes: the one of docs/events.md. */
export const datadog = sender(
  z.looseObject({
    /** `$ALERT_CYCLE_KEY`: from one alarm to its end. */
    cycle: z.string().min(1),
    /** `$ALERT_TRANSITION`. */
    transition: z.string(),
    /** `$DATE`. */
    date,
    title: z.string().default(""),
    priority: z.string().default(""),
    tags: z.string().default(""),
  }),
  ({ cycle, date: count, priority, tags, title, transition }, place) => {
    const at = new Date(count).toISOString();
    const base = { kind: "incident", incident: cycle, at, ...placedIn(place, tagOf(tags, "repository")) };
    if (transition === "Recovered") return [{ ...base, id: `${cycle}:recovered`, state: "resolved" }];
    if (transition !== "Triggered") return [];
    const service = tagOf(tags, "service") ?? cycle;
    return [
      {
        ...base,
        id: `${cycle}:triggered`,
        state: "opened",
        title: title || service,
        severity: severityOf(priority),
        service,
      },
    ];
  },
);
