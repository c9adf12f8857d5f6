import { answerRequest } from "./answer-request";
import type { RouteDescription, RouteHandler } from "./define-route";
import { readRawBody } from "./read-raw-body";

interface WebhookInit {
  summary: string;
  /** A body with more bytes is refused. */
  maxBytes: number;
  /** Looks at the headers before the body is read. @throws {AppError} for a request that cannot be genuine */
  admit: (headers: Headers) => void;
  /** The raw bytes are what the signature is about; what is answered is JSON with the status 202. */
  receive: (headers: Headers, body: Buffer) => Promise<Readonly<Record<string, unknown>>>;
}

/** One route that another program calls: whoever signs the bytes is let in, from wherever it calls. */
export function defineWebhook({ summary, maxBytes, admit, receive }: WebhookInit): RouteHandler {
  const description: RouteDescription = {
    summary,
    query: null,
    body: null,
    response: null,
    produces: "application/json",
  };
  const handler = (request: Request): Promise<Response> =>
    answerRequest(request, async () => {
      admit(request.headers);
      const answer = await receive(request.headers, await readRawBody(request, maxBytes));
      return Response.json(answer, { status: 202, headers: { "Cache-Control": "no-store" } });
    });
  return Object.assign(handler, { description });
}
