import type { PageScope } from "@/components/filters/page-scope";
import type { DataHealthRequest } from "@/components/query/query-keys";

/** Of the page's filters, the ones that choose repositories. */
export function healthRequest({ filters: { org, repo } }: PageScope): DataHealthRequest {
  return { ...(org !== undefined && { org }), ...(repo !== undefined && { repo }) };
}
