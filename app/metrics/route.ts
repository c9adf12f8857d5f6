import { answerTelemetry } from "@/lib/api/answer-telemetry";

export const dynamic = "force-dynamic";

/** What Prometheus reads: for programs of this machine, and for keys with the scope telemetry:read. */
export function GET(request: Request): Promise<Response> {
  return answerTelemetry(request);
}
