import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { readOperation } from "./operations";
import { operationErrorSchema, rulePreviewSchema, rulePreviewStateSchema } from "./schema";
import type { RulePreviewState } from "./types";

/** How far a preview is, and what it found. @throws {AppError} `not_found` */
export async function readPreview(id: string): Promise<RulePreviewState> {
  const operation = z.uuid().safeParse(id).success ? await readOperation("preview-rules", id) : null;
  if (operation === null) throw new AppError({ code: "not_found", message: `There is no preview ${id}.` });
  const { done, error, result, state, total } = operation;
  return rulePreviewStateSchema.parse({
    state,
    done,
    total,
    error: error === null ? null : operationErrorSchema.parse(error).message,
    result: result === null ? null : rulePreviewSchema.parse(result),
  });
}
