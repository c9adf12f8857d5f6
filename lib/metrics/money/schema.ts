import { z } from "zod";
import { filtersSchema, moment, timeZoneSchema } from "@/lib/metrics/schema";

/** The body of `POST /api/v1/roi/models` and `POST /api/v1/costs/query`. */
export const moneyQuerySchema = z.strictObject({
  from: moment,
  to: moment,
  timeZone: timeZoneSchema.optional(),
  filters: filtersSchema.pick({ org: true, team: true }).default({}),
});
export type MoneyQuery = z.output<typeof moneyQuerySchema>;
