import { randomUUID } from "node:crypto";
import { z } from "zod";
import { COST_VENDORS, type CostFeed, FEED_STATES, VENDOR_WORDS } from "@/lib/core/cost-feeds";
import { AppError } from "@/lib/core/errors";
import { sealingKeys } from "@/lib/core/secrets/keys";
import { seal } from "@/lib/core/secrets/seal";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { costFeedPlace } from "@/lib/settings/secrets/cost-feed-place";

/** More accounts than that nobody has. */
const MOST = 100;

/** The body of `POST /api/v1/costs/feeds`. */
export const costFeedSchema = z.strictObject({
  /** Slug of the organisation. */
  org: z.string().min(1).max(200),
  vendor: z.enum(COST_VENDORS),
  account: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,99}$/, { error: "is no name of an organisation" })
    .nullable()
    .default(null),
  /** Key of the agent that everything paid there is for; null: of nobody in particular. */
  agent: z.string().min(1).max(100).nullable().default(null),
  secret: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{8,500}$/, { error: "is a word of at least eight letters, digits and signs" }),
});
export type CostFeedInput = z.output<typeof costFeedSchema>;

export const costFeedItemSchema: z.ZodType<CostFeed> = z.strictObject({
  id: z.uuid(),
  org: z.string(),
  vendor: z.enum(COST_VENDORS),
  account: z.string().nullable(),
  agent: z.string().nullable(),
  state: z.enum(FEED_STATES),
  reason: z.string().nullable(),
  askedAt: z.iso.datetime().nullable(),
  bookedAt: z.iso.datetime().nullable(),
  lastDay: z.iso.date().nullable(),
  by: z.string(),
  at: z.iso.datetime(),
});

/** Whose accounts a caller enters and sees. */
interface Reach {
  organizations: "all" | readonly number[];
}

const refuse = (pointer: string, message: string) => new AppError({ code: "unprocessable", message, pointer });
const seenBy = ({ organizations }: Reach) =>
  organizations === "all" ? sql`true` : sql`o.id = any(${[...organizations]}::integer[])`;

/**
 * Keeps an account of a vendor, its key sealed. Its costs are asked for with the next run.
 * @param by who enters it, as pages name them
 * @throws {AppError} `not_found`, `unprocessable` with the pointer of what cannot be taken, `unavailable` where nothing can be sealed
 */
export async function enterCostFeed(reach: Reach, input: CostFeedInput, by: string): Promise<{ id: string }> {
  const { account, agent, org, secret, vendor } = input;
  const [place] = await query<{ id: number; count: number; isKnown: boolean }>(
    sql`select o.id, (select count(*)::integer from cost_feed f where f.org_id = o.id and f.removed_at is null) as count,
        exists (select from agent a where a.key = ${agent}) as "isKnown"
      from organization o where o.slug = ${org} and ${seenBy(reach)}`,
  );
  if (place === undefined)
    throw new AppError({ code: "not_found", message: `There is no organisation ${org}.`, pointer: "/org" });
  if (agent !== null && !place.isKnown) throw refuse("/agent", `No agent is called “${agent}”.`);
  const words = VENDOR_WORDS[vendor];
  if (words.account !== null && account === null) throw refuse("/account", `is missing: ${words.account}`);
  if (words.account === null && account !== null)
    throw refuse("/account", `must be left out: a key of ${words.name} says whose it is`);
  if (place.count >= MOST) throw refuse("/vendor", `More than ${MOST} accounts are not asked.`);
  const id = randomUUID();
  await execute(
    sql`insert into cost_feed (id, org_id, vendor, account, agent, secret, created_by)
      values (${id}, ${place.id}, ${vendor}, ${account}, ${agent}, ${seal(secret, costFeedPlace(id), sealingKeys().current)}, ${by})`,
  );
  return { id };
}

/** Accounts that are asked, the latest first, without their keys. */
export async function listCostFeeds(reach: Reach): Promise<CostFeed[]> {
  type Row = Omit<CostFeed, "askedAt" | "bookedAt" | "at"> & { askedAt: Date | null; bookedAt: Date | null; at: Date };
  const rows = await query<Row>(
    sql`select f.id, o.slug as org, f.vendor, f.account, f.agent, f.state, f.reason, f.asked_at as "askedAt",
        f.booked_at as "bookedAt", f.last_day::text as "lastDay", f.created_by as by, f.created_at as at
      from cost_feed f join organization o on o.id = f.org_id where f.removed_at is null and ${seenBy(reach)}
      order by f.created_at desc, f.id`,
  );
  return rows.map(({ askedAt, at, bookedAt, ...rest }) => ({
    ...rest,
    askedAt: askedAt?.toISOString() ?? null,
    bookedAt: bookedAt?.toISOString() ?? null,
    at: at.toISOString(),
  }));
}

async function change(
  reach: Reach,
  id: string,
  what: ReturnType<typeof sql>,
): Promise<Pick<CostFeed, "org" | "vendor">> {
  const [row] = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
    ? await query<Pick<CostFeed, "org" | "vendor">>(
        sql`update cost_feed f set ${what} from organization o
          where f.id = ${id}::uuid and f.removed_at is null and o.id = f.org_id and ${seenBy(reach)}
          returning o.slug as org, f.vendor`,
      )
    : [];
  if (row === undefined) throw new AppError({ code: "not_found", message: "There is no such account." });
  return row;
}

/** Asks an account no more, and forgets its key. What it told stays in the books. @throws {AppError} `not_found` */
export const removeCostFeed = (reach: Reach, id: string) => change(reach, id, sql`removed_at = now(), secret = null`);

/** Has an account asked with the next run. @throws {AppError} `not_found` */
export const askCostFeedNow = (reach: Reach, id: string) =>
  change(reach, id, sql`next_at = now(), attempts = 0, state = 'waiting'`);
