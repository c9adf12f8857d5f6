import { tracesRoute } from "@/app/api/otlp/receive";
import { routeMethods } from "@/lib/api/define-route";

/** For agents that can send no header: the key stands in the address. */
export const { GET, POST, PUT, PATCH, DELETE } = routeMethods({
  POST: tracesRoute("Takes traces of agents and keeps nothing of them, with the key in the address"),
});
