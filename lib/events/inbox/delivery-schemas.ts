import { z } from "zod";

export const DELIVERY_STATES = ["received", "processed", "ignored", "failed"] as const;

const id = z.string().regex(/^[1-9]\d{0,17}$/, { error: "must be the id of a delivery" });

/** The query of `GET /api/v1/deliveries`. */
export const deliveriesQuerySchema = z.strictObject({
  state: z.enum(DELIVERY_STATES).optional(),
  event: z
    .string()
    .regex(/^[a-z_-]{1,100}$/, { error: "must be the name of an event, such as pull_request" })
    .optional(),
  /** Who sent it. */
  source: z
    .string()
    .regex(/^[a-z]+(?:\/[a-z-]{1,50})?$/, { error: "must be a sender, such as github or alerts/sentry" })
    .optional(),
  /** Text that its body or its reason holds, as it is written there: of the newest 20,000. */
  q: z.string().trim().min(1).max(200).optional(),
  /** Id after which the page begins. */
  cursor: id.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type DeliveriesQuery = z.infer<typeof deliveriesQuerySchema>;

export const deliveryItemSchema = z.object({
  id,
  /** `github`, or the door at which it came: `events`, `cdevents`, `alerts/<sender>`, `deployments/<sender>`. */
  source: z.string(),
  /** The sender's own id of it, or a digest of what it says. */
  deliveryId: z.string(),
  event: z.string(),
  action: z.string().nullable(),
  receivedAt: z.iso.datetime(),
  bytes: z.int(),
  state: z.enum(DELIVERY_STATES),
  /** Why it means nothing, or what was wrong with it. */
  reason: z.string().nullable(),
  attempts: z.int(),
  processedAt: z.iso.datetime().nullable(),
});
export type DeliveryItem = z.infer<typeof deliveryItemSchema>;

/** What came in from a sender, among the newest 100,000 deliveries. */
export const doorTrafficSchema = z.object({
  source: z.string(),
  lastAt: z.iso.datetime(),
  messages7d: z.int(),
  failed: z.int(),
});
export type DoorTraffic = z.infer<typeof doorTrafficSchema>;

export const deliveryDetailSchema = z.object({
  ...deliveryItemSchema.shape,
  headers: z.record(z.string(), z.string()),
  /** As it came; the first part of one that is very long. */
  body: z.string(),
  /** Whether there is more of the body. */
  cut: z.boolean(),
});
export type DeliveryDetail = z.infer<typeof deliveryDetailSchema>;
