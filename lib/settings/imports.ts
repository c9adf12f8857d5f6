import { listOperations, type Operation } from "./operations";
import { importItemSchema } from "./schema";
import type { ImportItem } from "./types";

const KEPT_IN_VIEW = 10;

/** The latest imports that were started from a screen, newest first. */
export async function listImports(): Promise<ImportItem[]> {
  return (await listOperations("import-git", KEPT_IN_VIEW)).map(toImportItem);
}

function toImportItem({ createdAt, updatedAt, ...operation }: Operation): ImportItem {
  return importItemSchema.parse({
    ...operation,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  });
}
