import { type Measure, modelIn, numberIn, type TelemetryAgent, withoutCached } from "./agent";

/** The others (`total`, `reasoning_output`) are in these already. */
const TOKENS: ReadonlyMap<string, Measure> = new Map([
  ["input", "input"],
  ["cached_input", "cachedInput"],
  ["output", "output"],
]);

/** Codex CLI (https://developers.openai.com/codex). It tells tokens and no money: the price list makes it of them. */
export const codex: TelemetryAgent = {
  agent: "codex",
  provider: "openai",
  services: ["codex_cli_rs", "codex_exec", "codex_tui", "codex-app-server", "codex"],
  readPoint({ attributes, metric }) {
    if (metric !== "codex.turn.token_usage") return null;
    const measure = TOKENS.get(attributes.texts.get("token_type") ?? "");
    return measure === undefined ? null : { measure, model: modelIn(attributes) };
  },
  readRequest({ attributes, event }) {
    const { texts } = attributes;
    // A stream ends with one event that counts; the others of it count nothing.
    if (event !== "codex.sse_event" || !texts.has("input_token_count")) return null;
    const cacheRead = numberIn(texts, "cached_token_count");
    return {
      model: modelIn(attributes),
      cost: null,
      input: withoutCached(numberIn(texts, "input_token_count"), cacheRead),
      output: numberIn(texts, "output_token_count"),
      cacheRead,
      cacheWrite: null,
      requestId: null,
    };
  },
  readCommit: () => null,
};
