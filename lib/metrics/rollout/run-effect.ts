import type { Scope } from "@/lib/auth/scope";
import { AppError } from "@/lib/core/errors";
import { openFacts } from "@/lib/metrics/columns/store";
import { answerFrom } from "@/lib/metrics/query";
import { effectOfWave } from "./effect";
import { planFrom } from "./plan";
import type { EffectQuery } from "./schema";
import type { EffectAnswer } from "./types";

/**
 * What came of a wave beyond what changed anyway (metrics.md 2.10).
 * @throws {AppError} `unprocessable` with the pointer of what cannot be answered
 */
export async function runEffect(scope: Scope, { filters, metric, wave: from }: EffectQuery): Promise<EffectAnswer> {
  const view = await openFacts(scope);
  const plan = planFrom(view, filters);
  const wave = plan?.waves.find((one) => one.from === from);
  if (plan === null || wave === undefined) {
    throw new AppError({ code: "unprocessable", message: `No teams began on ${from}.`, pointer: "/wave" });
  }
  const { timeZone } = plan;
  return effectOfWave({ metric, wave, filters, timeZone, ask: (query) => answerFrom(view, query) });
}
