import { describe, expect, it } from "vitest";
import { createBatcher } from "./create-batcher";

const signal = () => new AbortController().signal;

function recorder(answer: (request: number) => Promise<number> | number = (request) => request * 10) {
  const batches: number[][] = [];
  const signals: AbortSignal[] = [];
  const ask = createBatcher<number, number>(async (requests, abort) => {
    batches.push(requests);
    signals.push(abort);
    return Promise.all(requests.map(answer));
  }, 3);
  return { ask, batches, signals };
}

describe("a batcher", () => {
  it("sends together what is asked together, and gives each its own answer", async () => {
    const { ask, batches } = recorder();
    expect(await Promise.all([ask(1, signal()), ask(2, signal())])).toEqual([10, 20]);
    expect(await ask(3, signal())).toBe(30);
    expect(batches).toEqual([[1, 2], [3]]);
  });

  it("sends no more at a time than the limit", async () => {
    const { ask, batches } = recorder();
    expect(await Promise.all([1, 2, 3, 4].map((request) => ask(request, signal())))).toEqual([10, 20, 30, 40]);
    expect(batches).toEqual([[1, 2, 3], [4]]);
  });

  it("does not ask what nobody waits for, and aborts a batch only when the last has left", async () => {
    const { ask, batches, signals } = recorder(() => new Promise<number>(() => undefined));
    const early = new AbortController();
    const [one, two] = [new AbortController(), new AbortController()];
    const asked = [ask(0, early.signal), ask(1, one.signal), ask(2, two.signal)].map((answer) =>
      answer.catch((reason: Error) => reason.name),
    );
    early.abort();
    await Promise.resolve();
    expect(batches).toEqual([[1, 2]]);
    one.abort();
    expect(signals[0]?.aborted).toBe(false);
    two.abort();
    expect(signals[0]?.aborted).toBe(true);
    expect(await Promise.all(asked)).toEqual(["AbortError", "AbortError", "AbortError"]);
  });

  it("fails for all where the server fails, or for the one that it forgot", async () => {
    const refused = createBatcher<number, number>(async () => {
      throw new Error("refused");
    }, 3);
    const outcomes = await Promise.allSettled([refused(1, signal()), refused(2, signal())]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    const short = createBatcher<number, number>(async () => [1], 3);
    const [first, second] = await Promise.allSettled([short(1, signal()), short(2, signal())]);
    expect([first?.status, second?.status]).toEqual(["fulfilled", "rejected"]);
  });
});
