import { answerRequest } from "./answer-request";
import type { RouteDescription, RouteHandler } from "./define-route";
import { readRawBody } from "./read-raw-body";
import type { Webhook } from "./webhook";

/** A webhook as a route of the framework. */
export function defineWebhook({ summary, maxBytes, admit, receive }: Webhook): RouteHandler {
  const description: RouteDescription = {
    summary,
    auth: "public",
    query: null,
    body: null,
    takes: null,
    status: 202,
    signedBytes: null,
    keyInAddress: false,
    response: null,
    produces: "application/json",
    isAudited: false,
  };
  const handler = (request: Request): Promise<Response> =>
    answerRequest(request, async () => {
      const { headers } = request;
      await admit(headers);
      const body = await readRawBody(request.body ?? [], { declared: headers.get("content-length"), maxBytes });
      return Response.json(await receive(headers, body), { status: 202, headers: { "Cache-Control": "no-store" } });
    });
  return Object.assign(handler, { description });
}
