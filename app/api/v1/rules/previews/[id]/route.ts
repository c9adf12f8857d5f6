import { defineRoute, routeMethods } from "@/lib/api/define-route";
import { readPreview } from "@/lib/settings/rule-previews";
import { rulePreviewStateSchema } from "@/lib/settings/schema";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  GET: defineRoute({
    summary: "How far a preview of other rules is, and what they would change",
    auth: "settings:manage",
    response: rulePreviewStateSchema,
    handler: ({ params }) => readPreview(params.id ?? ""),
  }),
});
