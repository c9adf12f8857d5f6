import { z } from "zod";
import { classifyCategory } from "@/lib/attribution/category";
import { parseRevertText } from "@/lib/attribution/reverts/parse";

const change = z.object({
  title: z.string(),
  files: z.array(z.string()),
  task_type: z.string().nullish(),
  labels: z.array(z.string()).default([]),
});

const revertText = z.object({ title: z.string(), body: z.string(), commit_message: z.string() });

/** Golden groups of the attribution rules. */
export const attributionGroups: Record<string, (inputs: unknown) => unknown> = {
  classify: (inputs) => {
    const { files, labels, task_type, title } = change.parse(inputs);
    return classifyCategory({ title, labels, taskType: task_type ?? null, files });
  },

  revert_parse: (inputs) => {
    const { body, commit_message, title } = revertText.parse(inputs);
    const parsed = parseRevertText({ title, body, commitMessage: commit_message });
    return { ...parsed, is_revert: parsed.isRevert, is_reland: parsed.isReland };
  },
};
