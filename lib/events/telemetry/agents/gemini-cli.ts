import { Decimal } from "@/lib/core/decimal";
import { type Measure, modelIn, numberIn, type TelemetryAgent, withoutCached } from "./agent";

/** Thoughts are paid as output, what tools were asked as input. */
const TOKENS: ReadonlyMap<string, Measure> = new Map([
  ["input", "input"],
  ["tool", "input"],
  ["cache", "cachedInput"],
  ["output", "output"],
  ["thought", "output"],
]);

function sumIn(texts: ReadonlyMap<string, string>, names: readonly string[]): string | null {
  const found = names.flatMap((name) => numberIn(texts, name) ?? []);
  return found.length === 0 ? null : Decimal.sum(...found).toFixed();
}

/** Gemini CLI (docs/cli/telemetry.md of its repository). Its `gen_ai.client.token.usage` tells the same again, and is not counted. */
export const geminiCli: TelemetryAgent = {
  agent: "gemini_cli",
  provider: "google",
  services: ["gemini-cli"],
  readPoint({ attributes, metric }) {
    if (metric !== "gemini_cli.token.usage") return null;
    const measure = TOKENS.get(attributes.texts.get("type") ?? "");
    return measure === undefined ? null : { measure, model: modelIn(attributes) };
  },
  readRequest({ attributes, event }) {
    if (event !== "gemini_cli.api_response") return null;
    const { texts } = attributes;
    const cacheRead = numberIn(texts, "cached_content_token_count");
    return {
      model: modelIn(attributes),
      cost: null,
      input: withoutCached(sumIn(texts, ["input_token_count", "tool_token_count"]), cacheRead),
      output: sumIn(texts, ["output_token_count", "thoughts_token_count"]),
      cacheRead,
      cacheWrite: null,
      requestId: null,
    };
  },
  readCommit: () => null,
};
