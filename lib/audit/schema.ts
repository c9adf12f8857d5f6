import { z } from "zod";
import { ACTOR_KINDS, type AuditValue } from "./types";

/** Lines of the log, the newest first. */
export const auditListSchema = z.strictObject({
  /** Starts of actions: `user` finds `user.role_changed`. */
  action: z.string().max(100).optional(),
  actor: z.string().max(200).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, { error: "is no cursor of this list" })
    .optional(),
});

export type AuditListQuery = z.output<typeof auditListSchema>;

/** Any JSON; a schema of it would refer to itself. */
const valueSchema = z.custom<AuditValue>(() => true);

export const auditPageSchema = z.object({
  items: z.array(
    z.object({
      seq: z.int(),
      at: z.iso.datetime(),
      actor: z.object({
        kind: z.enum(ACTOR_KINDS),
        id: z.string().nullable(),
        name: z.string(),
        address: z.string().nullable(),
        userAgent: z.string().nullable(),
      }),
      action: z.string(),
      target: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() }),
      before: valueSchema,
      after: valueSchema,
      hash: z.string(),
    }),
  ),
  nextCursor: z.string().nullable(),
});
