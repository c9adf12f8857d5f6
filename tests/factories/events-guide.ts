import { readFileSync } from "node:fs";
import path from "node:path";

/** The guide of events as it stands. */
export const GUIDE = readFileSync(path.resolve("docs/events.md"), "utf8");
/** The examples of the guide by the kind that they are of. */
export const EXAMPLES = [...GUIDE.matchAll(/^### (\w+)\n([\s\S]*?)(?=^##)/gm)].flatMap(([, kind = "", section = ""]) =>
  [...section.matchAll(/```sh\n(curl[\s\S]*?)```/g)].map(([, script = ""]) => ({ kind, script })),
);
/** What the examples send, each as an event by itself. */
export const EVENTS = EXAMPLES.flatMap(({ script }): Record<string, unknown>[] => {
  const [, type, body = ""] = /Content-Type: ([\w/-]+)" (?:-d|--data-binary) '([\s\S]*)'/.exec(script) ?? [];
  if (type === "application/json") return [JSON.parse(body)].flat();
  return body
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
});
