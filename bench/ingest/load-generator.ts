import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { type Sample, sampleOf } from "@/bench/report/sample";
import type { Delivery } from "./deliveries";

const CONNECTIONS = 64;

/** What a server did while it was given as much as it took. */
export interface Throughput {
  deliveries: number;
  /** Answers other than 2xx. */
  failed: number;
  seconds: number;
  /** Milliseconds from request to the end of the answer. */
  latency: Sample;
}

function send(agent: Agent, url: URL, { body, headers }: Delivery): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { agent, method: "POST", headers: { ...headers, "x-github-delivery": randomUUID() } },
      (response) => {
        response.on("error", reject);
        response.on("end", () => resolve(response.statusCode ?? 0));
        response.resume();
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** Sends deliveries over connections that stay open, the next one as soon as one is answered. */
export async function bombard(url: URL, deliveries: readonly Delivery[], seconds: number): Promise<Throughput> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const times: number[] = [];
  let failed = 0;
  let sent = 0;
  const started = performance.now();
  const deadline = started + seconds * 1000;
  const connection = async () => {
    while (performance.now() < deadline) {
      const delivery = deliveries[sent++ % deliveries.length];
      if (delivery === undefined) throw new RangeError("nothing to send");
      const from = performance.now();
      const status = await send(agent, url, delivery);
      times.push(performance.now() - from);
      if (status < 200 || status > 299) failed += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  } finally {
    agent.destroy();
  }
  const took = (performance.now() - started) / 1000;
  return { deliveries: times.length, failed, seconds: took, latency: sampleOf(times) };
}
