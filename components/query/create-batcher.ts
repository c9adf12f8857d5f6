interface Waiting<Request, Answer> {
  request: Request;
  signal: AbortSignal;
  resolve: (answer: Answer) => void;
  reject: (reason: unknown) => void;
}

/**
 * Gathers what is asked within one turn of the event loop and sends it together, at most `limit` at a time. A batch that
 * nobody waits for any more is aborted; one that fails fails for all that were in it.
 * @param send answers requests in their order
 */
export function createBatcher<Request, Answer>(
  send: (requests: Request[], signal: AbortSignal) => Promise<Answer[]>,
  limit: number,
): (request: Request, signal: AbortSignal) => Promise<Answer> {
  let waiting: Waiting<Request, Answer>[] = [];
  const flush = () => {
    const asked = waiting.filter(({ signal }) => !signal.aborted);
    waiting = [];
    for (let start = 0; start < asked.length; start += limit) deliver(asked.slice(start, start + limit), send);
  };
  return (request, signal) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      if (waiting.length === 0) queueMicrotask(flush);
      waiting.push({ request, signal, resolve, reject });
    });
}

async function deliver<Request, Answer>(
  batch: readonly Waiting<Request, Answer>[],
  send: (requests: Request[], signal: AbortSignal) => Promise<Answer[]>,
): Promise<void> {
  const controller = new AbortController();
  for (const { signal } of batch) {
    signal.addEventListener("abort", () => batch.every((member) => member.signal.aborted) && controller.abort());
  }
  try {
    const answers = await send(
      batch.map(({ request }) => request),
      controller.signal,
    );
    batch.forEach(({ resolve, reject }, index) => {
      const answer = answers[index];
      if (answer === undefined) reject(new Error("The server left a question of the page unanswered."));
      else resolve(answer);
    });
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
