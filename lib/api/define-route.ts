import type { z } from "zod";
import { mintLocalScope, type Scope } from "@/lib/auth/scope";
import { answerRequest } from "./answer-request";
import { assertLocalCaller } from "./local-caller";
import { makeProblem, problemResponse } from "./problem";
import { parseInput, readJson, readSearchParams } from "./read-input";

/** What a route says of itself in the OpenAPI document. */
export interface RouteDescription {
  summary: string;
  query: z.ZodType | null;
  body: z.ZodType | null;
  /** Schema of the JSON answer; null for one that is not JSON. */
  response: z.ZodType | null;
  /** Media type of the answer. */
  produces: string;
}

interface HandlerInput<Query, Body> {
  scope: Scope;
  query: Query;
  body: Body;
  /** The variable parts of the path. */
  params: Record<string, string>;
  request: Request;
}

interface RouteInit<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType> {
  summary: string;
  /** `read`: whoever may see the dashboard; `write`: whoever may change what is in it. */
  auth: "read" | "write";
  query?: Query;
  body?: Body;
  response: Answer;
  handler: (input: HandlerInput<z.output<Query>, z.output<Body>>) => Promise<z.input<Answer>> | z.input<Answer>;
}

interface StreamInit<Query extends z.ZodType> {
  summary: string;
  auth: "read";
  query?: Query;
  produces: string;
  /** Gives the whole response; for downloads, which are streamed. */
  stream: (input: HandlerInput<z.output<Query>, undefined>) => Promise<Response>;
}

interface Context {
  params: Promise<Record<string, string>>;
}

export type RouteHandler = ((request: Request, context: Context) => Promise<Response>) & {
  description: RouteDescription;
};

const NO_STORE = { "Cache-Control": "private, no-store" };

/** Authenticates, answers, maps what goes wrong to a problem document, and writes one log line. */
function createHandler(
  description: RouteDescription,
  answer: (input: HandlerInput<unknown, unknown>) => Promise<Response>,
): RouteHandler {
  const handler = (request: Request, context: Context): Promise<Response> =>
    answerRequest(request, async () => {
      assertLocalCaller(request);
      const params = await context.params;
      const query = description.query && parseInput(description.query, readSearchParams(request.url));
      const body = description.body && parseInput(description.body, await readJson(request));
      return answer({ scope: mintLocalScope(), query, body, params, request });
    });
  return Object.assign(handler, { description });
}

/**
 * One JSON route: authenticate, parse, call, map errors to RFC 9457 problems, one log line. In tests the answer is
 * checked against its schema too, so that the OpenAPI document cannot drift from what is sent.
 */
export function defineRoute<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>(
  init: RouteInit<Query, Body, Answer>,
): RouteHandler {
  const description: RouteDescription = {
    summary: init.summary,
    query: init.query ?? null,
    body: init.body ?? null,
    response: init.response,
    produces: "application/json",
  };
  return createHandler(description, async (input) => {
    const answer = await init.handler(input as HandlerInput<z.output<Query>, z.output<Body>>);
    return Response.json(checkAnswers ? init.response.parse(answer) : answer, { headers: NO_STORE });
  });
}

/** One route whose answer is a download. */
export function defineDownload<Query extends z.ZodType>(init: StreamInit<Query>): RouteHandler {
  const { produces, query = null, summary } = init;
  return createHandler({ summary, query, body: null, response: null, produces }, (input) =>
    init.stream(input as HandlerInput<z.output<Query>, undefined>),
  );
}

let checkAnswers = false;

/** Makes every JSON route check its answer against its schema: for tests, where a mismatch is a defect to be found. */
export function checkAnswersAgainstSchemas(): void {
  checkAnswers = true;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];

/** The exports of a route file: its handlers, and a 405 that names them for every other method. */
export function routeMethods(handlers: Partial<Record<Method, RouteHandler>>): Record<Method, RouteHandler | Refusal> {
  const allowed = METHODS.filter((method) => handlers[method] !== undefined);
  const refuse: Refusal = async (request) =>
    problemResponse(makeProblem(405, `${request.method} is not possible here.`), { Allow: allowed.join(", ") });
  return Object.assign({ GET: refuse, POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse }, handlers);
}

type Refusal = (request: Request, context: Context) => Promise<Response>;
