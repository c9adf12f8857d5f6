import { z } from "zod";
import { createRandom } from "@/lib/core/random";
import { type Distribution, quantileOf } from "@/lib/roi/engine/distributions";
import { type InputKey, NEUTRAL_INPUTS } from "@/lib/roi/engine/inputs";
import { monteCarlo } from "@/lib/roi/engine/monte-carlo";
import { runModel } from "@/lib/roi/engine/run-model";
import { inputKey } from "./roi-groups";

const value = z.union([z.number(), z.string()]).transform(String);
const numbers = z.array(z.number());
const MONEY = "USD";

const drawn = z.union([
  z.tuple([z.literal("triangular"), z.number(), z.number(), z.number()]),
  z.tuple([z.literal("beta"), z.number(), z.number()]),
  z.tuple([z.literal("lognormal_med_p90"), z.number(), z.number()]),
]);

function distributionOf(raw: z.infer<typeof drawn>): Distribution {
  if (raw[0] === "triangular") return { kind: "triangular", low: raw[1], mode: raw[2], high: raw[3] };
  if (raw[0] === "beta") return { kind: "beta", a: raw[1], b: raw[2] };
  return { kind: "lognormal", median: raw[1], p90: raw[2] };
}

/** The names of the group's inputs that vary. */
const DRAWN: Readonly<Record<string, InputKey>> = {
  hs: "hoursSaved",
  hr: "oversightHours",
  phi: "realisation",
  R: "rollbackRate",
  cinc: "incidentCost",
};

const uncertainInputs = z
  .object({
    seed: z.number(),
    n: z.number(),
    prs: value,
    rate: value,
    api: value,
    order: z.array(z.string()),
    hb: value,
    q: value,
  })
  .loose();

function uncertain(inputs: unknown) {
  const parsed = uncertainInputs.parse(inputs);
  const order = parsed.order.map((letter) => [letter, DRAWN[letter] ?? inputKey(letter)] as const);
  const uncertainty = Object.fromEntries(
    order.map(([letter, key]) => [key, distributionOf(drawn.parse(parsed[letter]))]),
  );
  const base = {
    ...NEUTRAL_INPUTS,
    pullRequestsPerMonth: parsed.prs,
    developerRate: parsed.rate,
    reviewerRate: parsed.rate,
    fixedMonthly: parsed.api,
    hoursPerRollback: parsed.hb,
    incidentShare: parsed.q,
  };
  const { net } = monteCarlo(base, uncertainty, {
    seed: parsed.seed,
    trials: parsed.n,
    order: order.map(([, key]) => key),
  });
  // The mean of a triangle is the mean of its corners; of the others it is known in closed form.
  const meanOf = (distribution: Distribution): number => {
    if (distribution.kind === "triangular") return (distribution.low + distribution.mode + distribution.high) / 3;
    if (distribution.kind === "beta") return distribution.a / (distribution.a + distribution.b);
    if (distribution.kind === "student") return distribution.value;
    const sigma = Math.log(distribution.p90 / distribution.median) / 1.2815515655446004;
    return distribution.median * Math.exp(sigma ** 2 / 2);
  };
  const means = Object.fromEntries(
    Object.entries(uncertainty).map(([key, distribution]) => [key, String(meanOf(distribution))]),
  );
  return {
    p10: net.p10,
    p50: net.p50,
    p90: net.p90,
    mean: net.mean,
    prob_net_positive: net.positive,
    analytic_mean: runModel({ ...base, ...means }, MONEY)
      .steadyNet.div(100)
      .toNumber(),
  };
}

function random(inputs: unknown) {
  const seeded = z.object({ seed: z.number() }).safeParse(inputs);
  if (seeded.success) {
    const next = createRandom(seeded.data.seed);
    const uint32 = Array.from({ length: 8 }, next);
    return { uint32, u: uint32.map((word) => (word + 0.5) / 2 ** 32) };
  }
  const { u } = z.object({ u: numbers }).parse(inputs);
  const along = (distribution: Distribution) => u.map(quantileOf(distribution));
  return {
    "triangular_0.2_0.5_0.6": along({ kind: "triangular", low: 0.2, mode: 0.5, high: 0.6 }),
    lognormal_med2000_p90_10000: along({ kind: "lognormal", median: 2000, p90: 10_000 }),
    beta_jeffreys_16_of_100: along({ kind: "beta", a: 16.5, b: 84.5 }),
  };
}

/** The golden groups of what is drawn: raw inputs in, the expected shape out. */
export const chanceGroups: Record<string, (inputs: unknown) => unknown> = {
  prng: random,
  monte_carlo: uncertain,
};
