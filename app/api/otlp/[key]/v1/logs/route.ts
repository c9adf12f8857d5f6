import { otlpRoute } from "@/app/api/otlp/receive";
import { routeMethods } from "@/lib/api/define-route";

/** For agents that can send no header: the key stands in the address. */
export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: otlpRoute("logs", "Takes log records of agents (OTLP/HTTP), with the key in the address"),
});
