import type { BenchContext } from "@/bench/context";
import { startWebServer } from "@/bench/scale-out/product-process";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { makeDeliveries } from "./deliveries";
import { bombard, type Throughput } from "./load-generator";
import { startBareServer } from "./start-bare-server";

const SECRET = "bench-secret-that-guards-nothing-at-all";
const WARM_UP_SECONDS = 2;

/** Both servers under the same load, in turns. */
export interface WebhookRates {
  bare: Throughput[];
  product: Throughput[];
  /** Rows of the product's inbox for acknowledged deliveries; equal unless something was lost. */
  stored: number;
  acknowledged: number;
}

/** Sends the same deliveries to the product and to a bare server, in turns of some seconds. */
export async function measureWebhooks(
  context: BenchContext,
  databaseUrl: string,
  { rounds, seconds, seed }: { rounds: number; seconds: number; seed: number },
): Promise<WebhookRates> {
  await context.build();
  const deliveries = makeDeliveries(seed, SECRET);
  const bare = await startBareServer(context.root, databaseUrl, SECRET);
  try {
    const product = await startWebServer("web server", context.root, {
      DATABASE_URL: databaseUrl,
      FLEETGAUGE_SECRET: SECRET,
      GITHUB_WEBHOOK_SECRET: SECRET,
      LOG_LEVEL: "warn",
    });
    try {
      const hook = new URL("/api/webhooks/github", product.url);
      const rates: WebhookRates = { bare: [], product: [], stored: 0, acknowledged: 0 };
      const warm = await bombard(hook, deliveries, WARM_UP_SECONDS);
      await bombard(bare.url, deliveries, WARM_UP_SECONDS);
      for (let round = 0; round < rounds; round += 1) {
        rates.bare.push(await bombard(bare.url, deliveries, seconds));
        rates.product.push(await bombard(hook, deliveries, seconds));
      }
      const [row] = await query<{ stored: number }>(sql`select count(*) as stored from inbox`);
      rates.stored = row?.stored ?? 0;
      rates.acknowledged = [warm, ...rates.product].reduce((sum, each) => sum + each.deliveries - each.failed, 0);
      return rates;
    } finally {
      await product.process.stop();
    }
  } finally {
    await bare.stop();
  }
}
