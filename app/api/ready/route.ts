import { checkReadiness } from "@/lib/settings/readiness";

export const dynamic = "force-dynamic";

/** 200 when the database answers and has the migrations of this version, else 503 with what is missing. */
export async function GET(): Promise<Response> {
  const readiness = await checkReadiness();
  return Response.json(readiness, {
    status: readiness.status === "ready" ? 200 : 503,
    headers: { "Cache-Control": "no-store" },
  });
}
