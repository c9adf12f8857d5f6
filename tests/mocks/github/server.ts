import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { schema as sdl } from "@octokit/graphql-schema";
import { buildSchema, type DocumentNode, execute, type GraphQLError, Kind, parse, validate } from "graphql";
import { answerApp, answerAppPage } from "./app-routes";
import { AppDesk } from "./apps";
import type { Fault, FaultPlan } from "./faults";
import { HourlyLimit } from "./limits";
import type { Dataset } from "./model";
import { costOf } from "./query-cost";
import { answerRest, listInstallationRepositories } from "./rest";
import { showRoot } from "./views";

const MAX_NODES = 500_000;
const SECONDARY_WAIT_SECONDS = 1;
const SLOW_MS = 40;

let built: ReturnType<typeof buildSchema> | undefined;
const schemaOf = () => {
  built ??= buildSchema(sdl.idl, { assumeValid: true });
  return built;
};

interface ReadQuery {
  document: DocumentNode;
  invalid: readonly GraphQLError[];
}
const readQueries = new Map<string, ReadQuery>();

/** A query and what is wrong with it; the same few are asked again and again. */
function readQuery(text: string): ReadQuery {
  const known = readQueries.get(text);
  if (known !== undefined) return known;
  const document = parse(text);
  const read = { document, invalid: validate(schemaOf(), document) };
  readQueries.set(text, read);
  return read;
}

export interface LoggedRequest {
  /** Operation of GraphQL, or method and path. */
  what: string;
  points: number;
  fault: Fault | null;
  status: number;
}

export interface GitHubOptions {
  dataset: Dataset;
  /** Tokens that are good. */
  tokens: Set<string>;
  now?: () => Date;
  pointsPerHour?: number;
  requestsPerHour?: number;
  faults?: FaultPlan;
  /** Fields of a repository that the tokens may not read, and `actions`. */
  forbidden?: Set<string>;
  /** Fields that it is too old to know, as `PullRequest.statusCheckRollup`. */
  unknownFields?: Set<string>;
  /** Pull requests of each repository that GitHub counts and never lists. */
  hiddenPullRequests?: number;
  /** Points at which a query takes longer than ten seconds and is given up. */
  givesUpAtPoints?: number;
}

interface Reply {
  status: number;
  body: string;
  headers: Record<string, string>;
}

const json = (status: number, value: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  body: JSON.stringify(value),
  headers: { "content-type": "application/json; charset=utf-8", ...headers },
});

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/**
 * A GitHub of our own: answers GraphQL questions from the real schema and the REST routes that are used, with GitHub's
 * limits and, if asked to, its failures.
 */
export class TestGitHub {
  readonly requests: LoggedRequest[] = [];
  readonly points: HourlyLimit;
  readonly rest: HourlyLimit;
  readonly apps: AppDesk;
  private readonly server = createServer((request, response) => {
    this.handle(request, response).catch((error: unknown) => {
      response.writeHead(500).end(JSON.stringify({ message: String(error) }));
    });
  });

  private constructor(readonly options: GitHubOptions) {
    const now = options.now ?? (() => new Date());
    this.points = new HourlyLimit(options.pointsPerHour ?? 5000, now);
    this.rest = new HourlyLimit(options.requestsPerHour ?? 5000, now);
    this.apps = new AppDesk(options.dataset, now);
  }

  static async start(options: GitHubOptions): Promise<TestGitHub> {
    const github = new TestGitHub(options);
    await new Promise<void>((resolve) => github.server.listen(0, "127.0.0.1", resolve));
    return github;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve, reject) => this.server.close((error) => (error ? reject(error) : resolve())));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const url = new URL(request.url ?? "/", this.url);
    const path = url.pathname.replace(/^\/api\/v3/, "");
    const fault = this.options.faults?.next() ?? null;
    if (fault === "slow") await sleep(SLOW_MS);
    const isGraphql = path === "/graphql" || path === "/api/graphql";
    const token = /^(?:Bearer|token) (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
    let reply: Reply;
    let what = `${request.method} ${path}`;
    let points = 0;
    const away = answerAppPage(this.apps, request.method ?? "GET", url, body);
    if (away !== null) {
      response.writeHead(302, { location: away }).end();
      return;
    }
    const isApp = /^\/app(?:-manifests)?\//.test(path);
    const unsigned = isApp
      ? (this.failure(fault) ?? (await this.answerApps(request.method ?? "GET", path, url.searchParams, token)))
      : null;
    if (unsigned !== null) {
      reply = unsigned;
    } else if (token === undefined || !this.isGood(token) || fault === "unauthorized_once") {
      reply = json(401, { message: "Bad credentials" });
    } else if (fault === "reset") {
      this.requests.push({ what, points, fault, status: 0 });
      request.socket.destroy();
      return;
    } else if (isGraphql) {
      const answered = await this.answerGraphql(body, fault);
      ({ points, reply } = answered);
      what = answered.name;
    } else {
      reply = this.answerRest(request.method ?? "GET", path, url.searchParams, fault, token);
    }
    this.requests.push({ what, points, fault, status: reply.status });
    response.writeHead(reply.status, reply.headers).end(reply.body);
  }

  private isGood(token: string): boolean {
    return this.options.tokens.has(token) || this.apps.installationOf(token) !== null;
  }

  /** What is asked without a token of an account: a code that is turned into an App, and an App about itself. */
  private async answerApps(
    method: string,
    path: string,
    parameters: URLSearchParams,
    token?: string,
  ): Promise<Reply | null> {
    const code = /^\/app-manifests\/([^/]+)\/conversions$/.exec(path)?.[1];
    if (method === "POST" && code !== undefined) {
      const converted = this.apps.convert(code, this.url);
      return converted === null ? json(404, { message: "Not Found" }) : json(201, converted);
    }
    const answer = await answerApp(this.apps, method, path, parameters, token);
    if (answer === null) return null;
    return json(answer.status, answer.body, answer.link == null ? {} : { link: answer.link });
  }

  private failure(fault: Fault | null): Reply | null {
    switch (fault) {
      case "bad_gateway":
        return json(502, { message: "Server Error" });
      case "html":
        return { status: 200, body: "<html><body>Unicorn!</body></html>", headers: { "content-type": "text/html" } };
      case "secondary_limit":
        return json(
          403,
          { message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again." },
          { "retry-after": String(SECONDARY_WAIT_SECONDS) },
        );
      default:
        return null;
    }
  }

  private async answerGraphql(
    body: string,
    fault: Fault | null,
  ): Promise<{ reply: Reply; points: number; name: string }> {
    const { query, variables = {} } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    const { document, invalid } = readQuery(query);
    const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
    const name = operation?.name?.value ?? "query";
    const schema = schemaOf();
    const said = (errors: readonly { message: string; type?: string }[], data: unknown = null) =>
      json(200, { data, errors }, this.points.headers("graphql"));
    if (invalid.length > 0) return { reply: said(invalid.map(({ message }) => ({ message }))), points: 0, name };
    const unknown = [...(this.options.unknownFields ?? [])].flatMap((one) => {
      const [type = "", field = ""] = one.split(".");
      return query.includes(field) ? [{ message: `Field '${field}' doesn't exist on type '${type}'` }] : [];
    });
    if (unknown.length > 0) return { reply: json(200, { errors: unknown }), points: 0, name };
    const cost = costOf(schema, document, variables);
    if (cost.complaints.length > 0) {
      return {
        reply: said(cost.complaints.map((message) => ({ message, type: "MISSING_PAGINATION_BOUNDARIES" }))),
        points: 0,
        name,
      };
    }
    if (cost.nodes > MAX_NODES) {
      const message = `By the time this query traverses to the connection, it is requesting up to ${cost.nodes} possible nodes which exceeds the maximum limit of 500,000.`;
      return { reply: said([{ message, type: "MAX_NODE_LIMIT_EXCEEDED" }]), points: 0, name };
    }
    const { points } = cost;
    if (!this.points.take(points)) {
      return {
        reply: said([{ message: "API rate limit exceeded for installation.", type: "RATE_LIMITED" }]),
        points: 0,
        name,
      };
    }
    const failure = this.failure(fault);
    if (failure !== null) return { reply: failure, points, name };
    const heavy = this.options.givesUpAtPoints !== undefined && points >= this.options.givesUpAtPoints;
    if (heavy) return { reply: json(502, { message: "We couldn't respond to your request in time." }), points, name };
    if (fault === "query_failed") {
      const message =
        "Something went wrong while executing your query. Please include `0000:0000` when reporting this issue.";
      return { reply: said([{ message }]), points, name };
    }
    if (fault === "stale_cursor" && variables.after != null) {
      const message = `\`${String(variables.after)}\` does not appear to be a valid cursor.`;
      return { reply: said([{ message, type: "INVALID_CURSOR_ARGUMENTS" }]), points, name };
    }
    const { limit, remaining, resetAt } = this.points.state();
    const rateLimit = () => ({
      cost: points,
      limit,
      remaining,
      used: limit - remaining,
      resetAt: resetAt.toISOString(),
    });
    const denied = this.deniedIn(query);
    if (denied !== null) {
      const message = "Resource not accessible by personal access token";
      const top = denied === "teams" ? "organization" : "repository";
      const path = [top, denied];
      return {
        reply: json(200, { data: { [top]: null }, errors: [{ type: "FORBIDDEN", path, message }] }),
        points,
        name,
      };
    }
    const answerWith = async (variableValues: Record<string, unknown>) =>
      execute({
        schema,
        document,
        rootValue: showRoot(this.options.dataset, rateLimit, this.options.hiddenPullRequests ?? 0),
        variableValues,
      });
    let result = await answerWith(fault === "repeated_page" ? { ...variables, after: null } : variables);
    const skipped = fault === "missing_page" ? endOfPage(result.data) : null;
    if (skipped !== null) result = await answerWith({ ...variables, after: skipped });
    const errors = (result.errors ?? []).map((error: GraphQLError) => ({
      message: error.message,
      path: error.path,
      ...(typeof error.extensions.type === "string" ? { type: error.extensions.type } : {}),
    }));
    const data = JSON.parse(JSON.stringify(result.data ?? null)) as unknown;
    if (fault === "null_node" && dropOneNode(data)) {
      errors.push({ message: "Something was wrong with this node.", path: ["repository", "nodes", 0] });
    }
    const answer = json(200, errors.length > 0 ? { data, errors } : { data }, this.points.headers("graphql"));
    if (fault === "truncated")
      return { reply: { ...answer, body: answer.body.slice(0, answer.body.length / 2) }, points, name };
    return { reply: answer, points, name };
  }

  /** The first field of a question that may not be read. */
  private deniedIn(question: string): string | null {
    for (const field of this.options.forbidden ?? []) if (new RegExp(`\\b${field}\\(`).test(question)) return field;
    return null;
  }

  private answerRest(
    method: string,
    path: string,
    parameters: URLSearchParams,
    fault: Fault | null,
    token: string,
  ): Reply {
    if (!this.rest.take(1)) {
      return json(403, { message: "API rate limit exceeded for installation." }, this.rest.headers("core"));
    }
    const failure = this.failure(fault);
    if (failure !== null) return failure;
    if (this.options.forbidden?.has("actions") && path.includes("/actions/")) {
      const accepted = { "x-accepted-github-permissions": "actions=read" };
      return json(403, { message: "Resource not accessible by personal access token" }, accepted);
    }
    const installation = this.apps.installationOf(token);
    const { body, link, status } =
      installation !== null && path === "/installation/repositories"
        ? listInstallationRepositories(this.apps.repositoriesOf(installation), path, parameters)
        : answerRest(this.options.dataset, method, path, parameters);
    const reply = json(status, body, { ...this.rest.headers("core"), ...(link === null ? {} : { link }) });
    return fault === "truncated" ? { ...reply, body: reply.body.slice(0, reply.body.length / 2) } : reply;
  }
}

/** Where the outermost list goes on; null: it does not. */
function endOfPage(data: unknown): string | null {
  if (typeof data !== "object" || data === null) return null;
  if ("pageInfo" in data) {
    const { endCursor, hasNextPage } = data.pageInfo as { endCursor: string; hasNextPage: boolean };
    return hasNextPage ? endCursor : null;
  }
  return Object.values(data).reduce((found: string | null, part) => found ?? endOfPage(part), null);
}

/** Makes the first node of the outermost list null. @returns whether there was one */
function dropOneNode(data: unknown): boolean {
  if (typeof data !== "object" || data === null) return false;
  for (const [key, value] of Object.entries(data)) {
    if (key === "nodes" && Array.isArray(value) && value.length > 0) {
      value[0] = null;
      return true;
    }
    if (dropOneNode(value)) return true;
  }
  return false;
}
