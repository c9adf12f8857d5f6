import { otlpRoute } from "@/app/api/otlp/receive";
import { routeMethods } from "@/lib/api/define-route";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: otlpRoute("metrics", "Takes metrics of agents (OTLP/HTTP)"),
});
