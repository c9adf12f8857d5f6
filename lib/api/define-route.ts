import type { z } from "zod";
import { recordAuditAlone } from "@/lib/audit/record";
import type { AuditEntry } from "@/lib/audit/types";
import { actorOf } from "@/lib/auth/actor";
import { authenticate } from "@/lib/auth/authenticate";
import type { Caller, UserCaller } from "@/lib/auth/caller";
import { assertPace } from "@/lib/auth/rate-limit";
import type { Permission } from "@/lib/auth/roles";
import type { Scope } from "@/lib/auth/scope";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { answerRequest } from "./answer-request";
import { withKeyOfAddress } from "./key-of-address";
import { makeProblem, problemResponse } from "./problem";
import { parseInput, readJson, readSearchParams } from "./read-input";
import { assertOwnHost, assertOwnPage } from "./same-site";
import { readSignedRequest } from "./signed-request";

/** Who may call a route: whoever has a permission, whoever is signed in as a person, or anybody. */
export type RouteAuth = Permission | "signed-in" | "public";

/** What a route says of itself, to the OpenAPI document and to the access matrix. */
export interface RouteDescription {
  summary: string;
  auth: RouteAuth;
  query: z.ZodType | null;
  body: z.ZodType | null;
  /** What a route that reads its body itself takes; null for all others. */
  takes: TakenBody | null;
  /** Schema of the JSON answer; null for one that is not JSON. */
  response: z.ZodType | null;
  /** Bytes that a body may have; 1 MB where it is left out. */
  largestBody?: number;
  /** Media type of the answer. */
  produces: string;
  /** Of an answer that is no refusal. */
  status: number;
  /** Bytes of a body that may prove who sends it by being signed as a webhook; null: none may. */
  signedBytes: number | null;
  /** Whether a key may stand in its address: webhooks and telemetry come from programs that can set no header. */
  keyInAddress: boolean;
  /** Whether what it does is noted in the audit log here; what lib/auth does notes itself, in its own transaction. */
  isAudited: boolean;
}

/** A body that a route reads itself, for the OpenAPI document. */
export interface TakenBody {
  schema: z.ZodType;
  /** Media types. */
  types: readonly string[];
}

/** The caller that a kind of authentication lets through. */
type CallerOf<Auth extends RouteAuth> = Auth extends "public" ? null : Auth extends "signed-in" ? UserCaller : Caller;

interface HandlerInput<Auth extends RouteAuth, Query, Body> {
  caller: CallerOf<Auth>;
  /** What the caller may see. */
  scope: Auth extends "public" ? null : Scope;
  query: Query;
  body: Body;
  /** The variable parts of the path. */
  params: Record<string, string>;
  request: Request;
}

/** What was done, for the audit log; who did it and from where is known. */
type Deed = Omit<AuditEntry, "actor">;

interface RouteInit<Auth extends RouteAuth, Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType> {
  summary: string;
  auth: Auth;
  query?: Query;
  body?: Body;
  /** In the place of `body`, where the handler reads it itself. */
  takes?: TakenBody;
  /** Bytes of a body that may prove who sends it by being signed as a webhook; left out, none may. */
  signedBytes?: number;
  /** 200 where it is left out. */
  status?: number;
  /** Bytes that a body may have; 1 MB where it is left out. */
  largestBody?: number;
  response: Answer;
  /** What a request did, noted when it succeeded. */
  audit?: (input: HandlerInput<Auth, z.output<Query>, z.output<Body>>, answer: z.input<Answer>) => Deed;
  handler: (
    input: HandlerInput<Auth, z.output<Query>, z.output<Body>>,
  ) => Promise<z.input<Answer> | WithHeaders<z.input<Answer>>> | z.input<Answer> | WithHeaders<z.input<Answer>>;
}

interface StreamInit<Query extends z.ZodType> {
  summary: string;
  auth: Permission;
  query?: Query;
  produces: string;
  /** What is downloaded, noted before any of it is sent. */
  audit: (input: HandlerInput<Permission, z.output<Query>, undefined>) => Deed;
  /** Gives the whole response; for downloads, which are streamed. */
  stream: (input: HandlerInput<Permission, z.output<Query>, undefined>) => Promise<Response>;
}

interface ReceiverInit<Query extends z.ZodType> {
  summary: string;
  auth: Permission;
  query?: Query;
  takes: TakenBody;
  /** Media type of the answer, where it is JSON. */
  produces: string;
  /** Gives the whole response; for senders that speak a protocol of their own. */
  receive: (input: HandlerInput<Permission, z.output<Query>, undefined>) => Promise<Response>;
}

interface Context {
  params: Promise<Record<string, string>>;
}

export type RouteHandler = ((request: Request, context: Context) => Promise<Response>) & {
  description: RouteDescription;
};

/** An answer that comes with headers of its own, such as cookies. */
export class WithHeaders<Answer> {
  constructor(
    readonly answer: Answer,
    readonly headers: readonly (readonly [name: string, value: string])[],
  ) {}
}

const NO_STORE = { "Cache-Control": "private, no-store" };
const MINUTE_SECONDS = 60;
const DOWNLOADS = { burst: 60, seconds: 3600 };

/**
 * Finds out who asks and whether they may.
 * @param findSigned who signed the request; null where its signature proves nothing
 * @throws {AppError} `unauthorized` for nobody, `forbidden` for somebody who may not
 */
async function admit(
  request: Request,
  auth: RouteAuth,
  findSigned: (() => Promise<Caller>) | null,
): Promise<Caller | null> {
  assertOwnHost(request);
  if (!request.headers.has("authorization") && findSigned === null) assertOwnPage(request);
  if (auth === "public") return null;
  const caller = findSigned === null ? await authenticate(request.headers) : await findSigned();
  if (caller === null) {
    throw new AppError({ code: "unauthorized", message: "Sign in, or send a key as `Authorization: Bearer fg_…`." });
  }
  const { apiRequestsPerMinute: burst } = env();
  const pace = { burst, seconds: MINUTE_SECONDS };
  if (burst > 0) await assertPace(`api:${caller.id}`, pace, `More than ${burst} requests a minute.`);
  if (auth === "signed-in") {
    if (caller.kind === "user") return caller;
    throw new AppError({ code: "forbidden", message: "A key cannot do this: it is for people who are signed in." });
  }
  if (caller.permissions.has(auth)) return caller;
  const message =
    caller.kind === "key" ? `This key does not have the scope ${auth}.` : `Your role (${caller.role}) may not do this.`;
  throw new AppError({ code: "forbidden", message });
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The path with the names of what varies in it: few of them, whatever is asked for. */
function routeOf(path: string, params: Readonly<Record<string, string>>): string {
  const names = new Map(Object.entries(params).map(([name, value]) => [value, name]));
  const labelOf = (part: string) => {
    const name = names.get(part) ?? names.get(decoded(part));
    return name === undefined ? part : `{${name}}`;
  };
  return path.split("/").map(labelOf).join("/");
}

async function note({ caller, request }: HandlerInput<RouteAuth, unknown, unknown>, deed: Deed): Promise<void> {
  await recordAuditAlone({ actor: actorOf(caller, request.headers), ...deed });
}

/** Runs what a route does; where it would have been noted, a refusal is noted too, with its reason. */
async function answerNoted<Answer>(
  input: HandlerInput<RouteAuth, unknown, unknown>,
  isAudited: boolean,
  answer: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await answer();
  } catch (error) {
    if (isAudited && error instanceof AppError && error.code !== "unavailable") {
      const { method, url } = input.request;
      await note(input, {
        action: "request.refused",
        target: { kind: "route", id: null, name: `${method} ${new URL(url).pathname}` },
        after: error.message,
      });
    }
    throw error;
  }
}

/** Authenticates, answers, maps what goes wrong to a problem document, and writes one log line. */
function createHandler(
  description: RouteDescription,
  answer: (input: HandlerInput<RouteAuth, unknown, unknown>) => Promise<Response>,
): RouteHandler {
  const handler = (sent: Request, context: Context): Promise<Response> =>
    answerRequest(sent, async (routed) => {
      // A route without variable parts is given none.
      const params = (await context.params) ?? {};
      routed.route = routeOf(routed.route, params);
      // A key in a path is as secret as one in a header.
      if (params.key !== undefined) routed.path = routed.route;
      const keyed = description.keyInAddress ? withKeyOfAddress(sent, params) : sent;
      const signed = description.signedBytes === null ? null : await readSignedRequest(keyed, description.signedBytes);
      const request = signed?.request ?? keyed;
      const caller = await admit(request, description.auth, signed?.findCaller ?? null);
      const query = description.query && parseInput(description.query, readSearchParams(request.url));
      const body = description.body && parseInput(description.body, await readJson(request, description.largestBody));
      return answer({ caller, scope: caller?.scope ?? null, query, body, params, request });
    });
  return Object.assign(handler, { description });
}

/**
 * One JSON route: authenticate, parse, call, map errors to RFC 9457 problems, one log line. In tests the answer is
 * checked against its schema too, so that the OpenAPI document cannot drift from what is sent.
 */
export function defineRoute<
  Auth extends RouteAuth,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(init: RouteInit<Auth, Query, Body, Answer>): RouteHandler {
  const description: RouteDescription = {
    summary: init.summary,
    auth: init.auth,
    query: init.query ?? null,
    body: init.body ?? null,
    takes: init.takes ?? null,
    status: init.status ?? 200,
    signedBytes: init.signedBytes ?? null,
    keyInAddress: init.signedBytes !== undefined,
    ...(init.largestBody !== undefined && { largestBody: init.largestBody }),
    response: init.response,
    produces: "application/json",
    isAudited: init.audit !== undefined,
  };
  return createHandler(description, async (input) => {
    const known = input as HandlerInput<Auth, z.output<Query>, z.output<Body>>;
    const given = await answerNoted(input, init.audit !== undefined, async () => init.handler(known));
    const { answer, headers } = given instanceof WithHeaders ? given : { answer: given, headers: [] };
    if (init.audit !== undefined) await note(input, init.audit(known, answer));
    const response = Response.json(checkAnswers ? init.response.parse(answer) : answer, {
      status: description.status,
      headers: NO_STORE,
    });
    for (const [name, value] of headers) response.headers.append(name, value);
    return response;
  });
}

/** One route whose answer is a download. */
export function defineDownload<Query extends z.ZodType>(init: StreamInit<Query>): RouteHandler {
  const { auth, produces, query = null, summary } = init;
  const description = {
    summary,
    auth,
    query,
    body: null,
    takes: null,
    response: null,
    produces,
    status: 200,
    signedBytes: null,
    keyInAddress: false,
    isAudited: true,
  };
  return createHandler(description, async (input) => {
    const given = input as HandlerInput<Permission, z.output<Query>, undefined>;
    await assertPace(`download:${given.caller.id}`, DOWNLOADS, "More than sixty downloads an hour.");
    const response = await init.stream(given);
    await note(input, init.audit(given));
    return response;
  });
}

/** One route that reads a body of a protocol of its own, and answers in it. A key may stand in its address. */
export function defineReceiver<Query extends z.ZodType>(init: ReceiverInit<Query>): RouteHandler {
  const { auth, produces, query = null, summary, takes } = init;
  const description = {
    summary,
    auth,
    query,
    body: null,
    takes,
    response: null,
    produces,
    status: 200,
    signedBytes: null,
    keyInAddress: true,
    isAudited: false,
  };
  return createHandler(description, (input) =>
    init.receive(input as HandlerInput<Permission, z.output<Query>, undefined>),
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
