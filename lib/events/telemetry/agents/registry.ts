import type { TelemetryAgent } from "./agent";
import { claudeCode } from "./claude-code";
import { codex } from "./codex";
import { copilot } from "./copilot";
import { geminiCli } from "./gemini-cli";

const TELEMETRY_AGENTS: readonly TelemetryAgent[] = [claudeCode, codex, geminiCli, copilot];

/** Agents by the name of the service that their telemetry comes from. */
export const AGENT_OF_SERVICE: ReadonlyMap<string, TelemetryAgent> = new Map(
  TELEMETRY_AGENTS.flatMap((one) => one.services.map((service) => [service, one] as const)),
);
