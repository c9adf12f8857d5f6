import { type Measure, modelIn, type TelemetryAgent } from "./agent";

const TOKENS: ReadonlyMap<string, Measure> = new Map([
  ["input", "input"],
  ["output", "output"],
]);

/**
 * Copilot CLI and Copilot in VS Code, which follow OpenTelemetry's conventions of generative AI
 * (https://docs.github.com/en/copilot/reference/enterprise-administrators/opentelemetry-reference). They tell tokens and no money.
 */
export const copilot: TelemetryAgent = {
  agent: "copilot",
  provider: "github",
  services: ["github-copilot", "copilot-chat", "copilot-cli"],
  readPoint({ attributes, metric }) {
    if (metric !== "gen_ai.client.token.usage") return null;
    const measure = TOKENS.get(attributes.texts.get("gen_ai.token.type") ?? "");
    return measure === undefined ? null : { measure, model: modelIn(attributes) };
  },
  // Of single calls it tells in traces alone.
  readRequest: () => null,
  readCommit: () => null,
};
