import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { SignedDelivery } from "./deliveries";

const AT_ONCE = 50;
const AGAIN_MS = 50;
const GIVE_UP_MS = 15_000;

/** Posts one delivery. @returns the status of the answer; 0 when there was none */
export function post(port: number, agent: Agent, { body, event, id, signature }: SignedDelivery): Promise<number> {
  return new Promise((resolve) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port,
        agent,
        method: "POST",
        path: "/api/webhooks/github",
        timeout: GIVE_UP_MS,
        headers: {
          "content-type": "application/json",
          "content-length": String(body.length),
          "x-github-event": event,
          "x-github-delivery": id,
          "x-hub-signature-256": signature,
        },
      },
      (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode ?? 0));
        response.on("error", () => resolve(0));
      },
    );
    sent.on("timeout", () => sent.destroy(new Error("no answer in time")));
    sent.on("error", () => resolve(0));
    sent.end(body);
  });
}

/**
 * Sends all of them, each until it is acknowledged, as whoever redelivers does.
 * @returns ids that were acknowledged, and how many answers were none
 */
export async function sendAll(
  port: number,
  deliveries: readonly SignedDelivery[],
  onSent: (sent: number) => void,
): Promise<{ acknowledged: Set<string>; unanswered: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const acknowledged = new Set<string>();
  let [next, sent, unanswered] = [0, 0, 0];
  const one = async () => {
    for (let delivery = deliveries[next++]; delivery !== undefined; delivery = deliveries[next++]) {
      for (;;) {
        const status = await post(port, agent, delivery);
        if (status === 202) break;
        unanswered += 1;
        await sleep(AGAIN_MS);
      }
      acknowledged.add(delivery.id);
      sent += 1;
      onSent(sent);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  agent.destroy();
  return { acknowledged, unanswered };
}

/** Sends so many a second for a while, whatever the answers take. @returns milliseconds of each answer, ascending */
export async function sendAtRate(
  port: number,
  deliveries: readonly SignedDelivery[],
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<{ times: number[]; failed: number }> {
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  let failed = 0;
  const started = performance.now();
  const waiting: Promise<void>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const due = started + (index * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    const delivery = deliveries[index % deliveries.length] as SignedDelivery;
    waiting.push(
      post(port, agent, { ...delivery, id: `rate-${index}` }).then((status) => {
        // From when it was due: a sender that waits would hide what others wait for.
        times.push(performance.now() - due);
        if (status !== 202) failed += 1;
      }),
    );
  }
  await Promise.all(waiting);
  agent.destroy();
  return { times: times.sort((a, b) => a - b), failed };
}
