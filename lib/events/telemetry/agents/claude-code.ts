import { Decimal } from "@/lib/core/decimal";
import { type Measure, modelIn, numberIn, type TelemetryAgent } from "./agent";

const TOKENS: ReadonlyMap<string, Measure> = new Map([
  ["input", "input"],
  ["output", "output"],
  ["cacheRead", "cacheRead"],
  ["cacheCreation", "cacheWrite"],
]);

const MICRO = "0.000001";

/** What a call cost: whole millionths of a dollar before dollars, which are rounded on the way. */
function costIn(texts: ReadonlyMap<string, string>): string | null {
  const micros = numberIn(texts, "cost_usd_micros");
  return micros === null ? numberIn(texts, "cost_usd") : new Decimal(micros).times(MICRO).toFixed();
}

/**
 * Claude Code (https://code.claude.com/docs/en/monitoring-usage). It prices its tokens itself, by the list of its maker, also where
 * a subscription pays for them.
 */
export const claudeCode: TelemetryAgent = {
  agent: "claude_code",
  provider: "anthropic",
  services: ["claude-code"],
  readPoint({ attributes, metric }) {
    const model = modelIn(attributes);
    if (metric === "claude_code.cost.usage") return { measure: "cost", model };
    if (metric !== "claude_code.token.usage") return null;
    const measure = TOKENS.get(attributes.texts.get("type") ?? "");
    return measure === undefined ? null : { measure, model };
  },
  readRequest({ attributes, event }) {
    if (event !== "api_request" && event !== "claude_code.api_request") return null;
    const { texts } = attributes;
    return {
      model: modelIn(attributes),
      cost: costIn(texts),
      input: numberIn(texts, "input_tokens"),
      output: numberIn(texts, "output_tokens"),
      cacheRead: numberIn(texts, "cache_read_tokens"),
      cacheWrite: numberIn(texts, "cache_creation_tokens"),
      requestId: texts.get("request_id") ?? null,
    };
  },
  readCommit: ({ attributes }) => attributes.texts.get("git_commit_id") ?? null,
};
