import { otlpRoute } from "@/app/api/otlp/receive";
import { routeMethods } from "@/lib/api/define-route";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: otlpRoute("logs", "Takes log records of agents (OTLP/HTTP)"),
});
