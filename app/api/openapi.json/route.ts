import * as connection from "@/app/api/v1/connections/[id]/route";
import * as connections from "@/app/api/v1/connections/route";
import * as dataHealth from "@/app/api/v1/data-health/route";
import * as replay from "@/app/api/v1/deliveries/[id]/replay/route";
import * as delivery from "@/app/api/v1/deliveries/[id]/route";
import * as deliveries from "@/app/api/v1/deliveries/route";
import * as dimensions from "@/app/api/v1/dimensions/route";
import * as report from "@/app/api/v1/exports/[report]/route";
import * as githubAppConversions from "@/app/api/v1/github-apps/conversions/route";
import * as githubAppInstallations from "@/app/api/v1/github-apps/installations/route";
import * as githubApps from "@/app/api/v1/github-apps/route";
import * as imports from "@/app/api/v1/imports/route";
import * as metricsBatch from "@/app/api/v1/metrics/batch/route";
import * as metricsQuery from "@/app/api/v1/metrics/query/route";
import * as metrics from "@/app/api/v1/metrics/route";
import * as pullRequest from "@/app/api/v1/pull-requests/[id]/route";
import * as timeline from "@/app/api/v1/pull-requests/[id]/timeline/route";
import * as pullRequests from "@/app/api/v1/pull-requests/route";
import * as repositoryOwners from "@/app/api/v1/repository-owners/route";
import * as comparison from "@/app/api/v1/rollbacks/comparison/route";
import * as curve from "@/app/api/v1/rollbacks/curve/route";
import * as rollbacks from "@/app/api/v1/rollbacks/route";
import * as sample from "@/app/api/v1/sample/route";
import { buildOpenApi } from "@/lib/api/openapi";

const document = buildOpenApi([
  { path: "/api/v1/metrics", methods: metrics },
  { path: "/api/v1/metrics/query", methods: metricsQuery },
  { path: "/api/v1/metrics/batch", methods: metricsBatch },
  { path: "/api/v1/dimensions", methods: dimensions },
  { path: "/api/v1/pull-requests", methods: pullRequests },
  { path: "/api/v1/pull-requests/{id}", methods: pullRequest },
  { path: "/api/v1/pull-requests/{id}/timeline", methods: timeline },
  { path: "/api/v1/repository-owners", methods: repositoryOwners },
  { path: "/api/v1/rollbacks", methods: rollbacks },
  { path: "/api/v1/rollbacks/curve", methods: curve },
  { path: "/api/v1/rollbacks/comparison", methods: comparison },
  { path: "/api/v1/data-health", methods: dataHealth },
  { path: "/api/v1/connections", methods: connections },
  { path: "/api/v1/github-apps", methods: githubApps },
  { path: "/api/v1/github-apps/conversions", methods: githubAppConversions },
  { path: "/api/v1/github-apps/installations", methods: githubAppInstallations },
  { path: "/api/v1/connections/{id}", methods: connection },
  { path: "/api/v1/deliveries", methods: deliveries },
  { path: "/api/v1/deliveries/{id}", methods: delivery },
  { path: "/api/v1/deliveries/{id}/replay", methods: replay },
  { path: "/api/v1/imports", methods: imports },
  { path: "/api/v1/sample", methods: sample },
  { path: "/api/v1/exports/{report}", methods: report },
]);

/** The OpenAPI 3.1 document, made from the schemas that the routes parse and answer with. */
export function GET(): Response {
  return Response.json(document, { headers: { "Cache-Control": "private, no-store" } });
}
