import { z } from "zod";

/** What the schemas of answers are made of. */
export const instant = z.iso.datetime();
export const count = z.int().nonnegative();
export const agentName = z.strictObject({ agent: z.string(), name: z.string() });
export const replica = z.strictObject({ lagSeconds: z.number().nonnegative().nullable() }).nullable();
