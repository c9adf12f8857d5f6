export const dynamic = "force-dynamic";

/** The process is up. Says nothing about the database. */
export function GET(): Response {
  return Response.json({ status: "live" }, { headers: { "Cache-Control": "no-store" } });
}
