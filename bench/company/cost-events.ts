import type { FleetEvent } from "@/lib/events/schema";
import { randomStream } from "@/prisma/seed/random";
import { type Company, END, START } from "./company";
import { envelopes } from "./envelope";

const ITEMS = { api: 0.78, ci: 0.12, infrastructure: 0.07, seats: 0.02, training: 0.01 } as const;
/** Provider and the agent that it bills for; prices below are made up. */
const PROVIDERS = [
  ["anthropic", "claude_code"],
  ["github", "copilot"],
  ["cursor", "cursor"],
  ["openai", "codex"],
  ["cognition", "devin"],
  ["cloud", null],
] as const;

/** The cost entries of the company, oldest first, spread evenly over its two years. */
export function* costEvents(company: Company, orgId: number): Generator<FleetEvent> {
  const { costs, seed } = company.size;
  const random = randomStream(seed, "costs");
  const envelope = envelopes(orgId, null);
  const step = (END - START) / Math.max(1, costs);
  for (let index = 0; index < costs; index += 1) {
    const [provider, agent] = random.pick(PROVIDERS);
    const at = START + Math.floor((index * step) / 1000) * 1000;
    yield {
      ...envelope(`cost:${index + 1}`, at, `cost:${index + 1}`),
      kind: "cost.incurred",
      payload: {
        provider,
        agent,
        team: random.pick(company.teams).slug,
        item: random.weighted(ITEMS),
        amountMinor: String(random.int(1, 20_000)),
        currency: "USD",
      },
    };
  }
}
