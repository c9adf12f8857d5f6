import type { IndexOnlyCount } from "@/bench/database/index-only-count";
import { timed } from "@/bench/report/sample";
import { AppError } from "@/lib/core/errors";
import type { Random } from "@/prisma/seed/random";

/** Something that is run again and again. */
export interface Question {
  name: string;
  run(): Promise<unknown>;
}

/** Milliseconds of every run, by question; `refused` says why a question cannot be asked. */
export interface Answers {
  times: Map<Question, number[]>;
  refused: Map<Question, string>;
}

/** After so many questions the yardstick is run once, so that both see the same machine. */
const QUESTIONS_PER_COUNT = 8;

/** Runs every question once per round, in another order each time, with counts in between. */
export async function interleave(
  questions: readonly Question[],
  rounds: number,
  count: IndexOnlyCount,
  random: Random,
): Promise<Answers> {
  const answers: Answers = { times: new Map(), refused: new Map() };
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, question] of random.sample(questions, questions.length).entries()) {
      if (index % QUESTIONS_PER_COUNT === 0) await count.run();
      if (answers.refused.has(question)) continue;
      try {
        const { ms } = await timed(() => question.run());
        const known = answers.times.get(question);
        if (known === undefined) answers.times.set(question, [ms]);
        else known.push(ms);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "unprocessable") throw error;
        answers.refused.set(question, error.message);
      }
    }
  }
  return answers;
}
