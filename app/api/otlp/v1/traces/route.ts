import { tracesRoute } from "@/app/api/otlp/receive";
import { routeMethods } from "@/lib/api/define-route";

export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: tracesRoute("Takes traces of agents and keeps nothing of them (OTLP/HTTP)"),
});
