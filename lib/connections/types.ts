import type { z } from "zod";
import type {
  appBeginningSchema,
  appReturnSchema,
  beginAppSchema,
  connectAnswerSchema,
  connectionChangeSchema,
  connectionItemSchema,
  connectRequestSchema,
  knownAppSchema,
  syncStatusSchema,
  syncTotalSchema,
} from "./schema";

export type ConnectRequest = z.input<typeof connectRequestSchema>;
export type ConnectAnswer = z.infer<typeof connectAnswerSchema>;
export type ConnectionItem = z.infer<typeof connectionItemSchema>;
export type SyncStatus = z.infer<typeof syncStatusSchema>;
export type SyncTotal = z.infer<typeof syncTotalSchema>;
export type ConnectionChange = z.input<typeof connectionChangeSchema>;
export type BeginAppRequest = z.input<typeof beginAppSchema>;
export type AppBeginningAnswer = z.infer<typeof appBeginningSchema>;
export type AppReturn = z.input<typeof appReturnSchema>;
export type KnownAppItem = z.infer<typeof knownAppSchema>;
