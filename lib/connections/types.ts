import type { z } from "zod";
import type {
  connectAnswerSchema,
  connectionItemSchema,
  connectRequestSchema,
  syncStatusSchema,
  syncTotalSchema,
} from "./schema";

export type ConnectRequest = z.input<typeof connectRequestSchema>;
export type ConnectAnswer = z.infer<typeof connectAnswerSchema>;
export type ConnectionItem = z.infer<typeof connectionItemSchema>;
export type SyncStatus = z.infer<typeof syncStatusSchema>;
export type SyncTotal = z.infer<typeof syncTotalSchema>;
