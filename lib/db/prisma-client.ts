import { PrismaPg } from "@prisma/adapter-pg";
import type { Pool } from "pg";
import { PrismaClient } from "./generated/client";
import { getPool } from "./pool";

/** As with the pool: one client per process, however often this module is bundled. */
const holder: typeof globalThis & { fleetgaugePrisma?: { pool: Pool; client: PrismaClient } } = globalThis;

/** The Prisma client of this process, for CRUD on settings; it shares the ten connections of the pool. */
export function getPrisma(): PrismaClient {
  const pool = getPool();
  if (holder.fleetgaugePrisma?.pool !== pool) {
    holder.fleetgaugePrisma = { pool, client: new PrismaClient({ adapter: new PrismaPg(pool) }) };
  }
  return holder.fleetgaugePrisma.client;
}
