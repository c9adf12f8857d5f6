import { type GraphqlResponseError, withCustomRequest } from "@octokit/graphql";
import { request as octokitRequest } from "@octokit/request";
import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { GitHubFailure, type GraphqlError, reasonOfErrors, reasonOfStatus } from "./failure";
import { type Question, textWithout, unknownParts } from "./question";

/** What is left of a limit, as an answer said. Servers of one's own may have none. */
export interface Budget {
  /** Points or requests that this answer took; null where GitHub does not say. */
  cost: number | null;
  limit: number;
  remaining: number;
  resetAt: Date;
}

export interface GitHubClientOptions {
  /** `https://api.github.com`, or `https://<host>/api/v3` of a server of one's own. */
  apiUrl: string;
  /**
   * Asked before every request: a token of an installation is good for an hour.
   * @param refused whether GitHub refused the one before; null for questions that anybody may ask
   */
  token: (refused: boolean) => Promise<string | null>;
  fetch: (input: string | URL, init?: RequestInit) => Promise<Response>;
  now: () => Date;
  /** GitHub itself gives up after ten seconds. */
  timeoutMs?: number;
}

export interface GraphqlAnswer<Data> {
  data: Data;
  /** Parts that are null because of an error, as `repository.pullRequests.nodes.3: …`. */
  partial: string[];
  budget: Budget | null;
  /** Milliseconds until the answer was there. */
  ms: number;
}

export interface RestAnswer<Data> {
  data: Data;
  /** Whether the list goes on. */
  hasNext: boolean;
  /** Where it goes on, for lists that say so by a cursor. */
  nextCursor: string | null;
  budget: Budget | null;
  ms: number;
}

const DEFAULT_TIMEOUT_MS = 15_000;
const API_VERSION = "2022-11-28";

const rateLimitSchema = z.object({
  rateLimit: z
    .object({ cost: z.number(), limit: z.number(), remaining: z.number(), resetAt: z.iso.datetime({ offset: true }) })
    .nullish(),
});

/** The errors of octokit, told by what they hold: its classes come from packages of several versions. */
const httpErrorSchema = z.object({
  status: z.number(),
  message: z.string(),
  response: z.object({ headers: z.record(z.string(), z.unknown()) }).optional(),
});

const headersOf = (headers: Readonly<Record<string, unknown>> = {}): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value === undefined ? value : String(value)]),
  );

function isGraphqlError(error: unknown): error is GraphqlResponseError<unknown> {
  return error instanceof Error && error.name === "GraphqlResponseError";
}

/** What is left, by the headers that every answer of the REST API has. */
function budgetOf(headers: Readonly<Record<string, string | undefined>>): Budget | null {
  const [limit, remaining, reset] = ["limit", "remaining", "reset"].map((name) =>
    Number(headers[`x-ratelimit-${name}`]),
  );
  if (limit === undefined || remaining === undefined || reset === undefined) return null;
  if (!Number.isFinite(limit) || !Number.isFinite(remaining) || !Number.isFinite(reset) || limit === 0) return null;
  return { cost: 1, limit, remaining, resetAt: new Date(reset * 1000) };
}

/** One GitHub, asked with one credential. Answers are checked against a schema; failures say what to do about them. */
export class GitHubClient {
  private readonly graphqlRequest: ReturnType<typeof withCustomRequest>;
  private refused = false;
  /** Parts of questions that this server is too old for. */
  private readonly unknown = new Set<string>();

  constructor(private readonly options: GitHubClientOptions) {
    this.graphqlRequest = withCustomRequest(this.request());
  }

  private request() {
    const { apiUrl, fetch } = this.options;
    return octokitRequest.defaults({
      baseUrl: apiUrl,
      headers: { "user-agent": "fleetgauge", "x-github-api-version": API_VERSION },
      request: { fetch },
    });
  }

  private async once(): Promise<{ headers: { authorization?: string }; request: { signal: AbortSignal } }> {
    const { timeoutMs = DEFAULT_TIMEOUT_MS } = this.options;
    const token = await this.options.token(this.refused);
    this.refused = false;
    return {
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      request: { signal: AbortSignal.timeout(timeoutMs) },
    };
  }

  private failure(error: unknown, heavy: boolean): unknown {
    const failure = failureOf(error, this.options.now(), heavy);
    this.refused = failure instanceof GitHubFailure && failure.reason.kind === "unauthorized";
    return failure;
  }

  /**
   * Asks a GraphQL question. Parts of an answer may be null because of an error: null never means deleted. What is optional
   * and the server does not know is left out, and missing in the answer.
   * @throws {GitHubFailure} when there is no answer or none that `schema` describes
   */
  async graphql<Schema extends z.ZodType>(
    question: string | Question,
    variables: Readonly<Record<string, unknown>>,
    schema: Schema,
  ): Promise<GraphqlAnswer<z.output<Schema>>> {
    const asked = typeof question === "string" ? { text: question, optional: {} } : question;
    const { now } = this.options;
    const started = performance.now();
    let found: unknown;
    let errors: readonly GraphqlError[] = [];
    try {
      const once = await this.once();
      // octokit's own retry of nothing: `request` goes with the call, so that each has its own time.
      found = await this.graphqlRequest(textWithout(asked, this.unknown), {
        ...variables,
        ...once,
        request: { ...once.request, fetch: this.options.fetch },
      });
    } catch (error) {
      if (!isGraphqlError(error)) throw this.failure(error, true);
      errors = error.errors ?? [];
      const news = unknownParts(asked, errors).filter((name) => !this.unknown.has(name));
      if (news.length > 0) {
        for (const name of news) this.unknown.add(name);
        return this.graphql(asked, variables, schema);
      }
      found = error.data;
      const hasData = typeof found === "object" && found !== null && Object.values(found).some((part) => part !== null);
      const reason = reasonOfErrors(errors, headersOf(error.headers), now(), hasData);
      if (reason !== null) throw new GitHubFailure(reason, `GitHub answered: ${errors[0]?.message ?? "an error"}`);
    }
    const ms = performance.now() - started;
    if (typeof found !== "object" || found === null) {
      throw new GitHubFailure({ kind: "transient" }, "GitHub's answer was not JSON, or broke off in the middle");
    }
    // A server of one's own may say nothing of limits, or say it otherwise.
    const rateLimit = rateLimitSchema.safeParse(found).data?.rateLimit ?? null;
    return {
      data: parse(schema, found),
      partial: errors.map(({ message, path = [] }) => `${path.join(".")}: ${message}`),
      budget: rateLimit !== null ? { ...rateLimit, resetAt: new Date(rateLimit.resetAt) } : null,
      ms,
    };
  }

  /**
   * Asks the REST API.
   * @param route `GET /repos/{owner}/{repo}/actions/runs`
   * @throws {GitHubFailure} as above
   */
  async rest<Schema extends z.ZodType>(
    route: string,
    parameters: Readonly<Record<string, unknown>>,
    schema: Schema,
  ): Promise<RestAnswer<z.output<Schema>>> {
    const started = performance.now();
    try {
      const once = await this.once();
      const { data, headers, status } = await this.request()(route, {
        ...parameters,
        headers: once.headers,
        request: { ...once.request, fetch: this.options.fetch },
      });
      // What is only begun is answered with nothing.
      if (typeof data === "string" && status !== 202) {
        throw new GitHubFailure({ kind: "transient" }, "GitHub's answer was not JSON, or broke off in the middle");
      }
      const all = headersOf(headers);
      return {
        data: parse(schema, data),
        hasNext: /rel="next"/.test(all.link ?? ""),
        nextCursor: /[?&](?:cursor|after)=([^&>]+)[^>]*>; rel="next"/.exec(all.link ?? "")?.[1] ?? null,
        budget: budgetOf(all),
        ms: performance.now() - started,
      };
    } catch (error) {
      throw this.failure(error, false);
    }
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, data: unknown): z.output<Schema> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = issue?.path.join(".") ?? "";
  throw new GitHubFailure({ kind: "refused" }, `GitHub's answer is not as expected at ${at}: ${issue?.message ?? ""}`);
}

/** What lies at the bottom of an error: those above only say that something failed. */
function rootMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? rootMessage(error.cause) : error.message;
}

function failureOf(error: unknown, now: Date, heavy: boolean): unknown {
  if (error instanceof GitHubFailure || error instanceof AppError) return error;
  const { cause } = error instanceof Error ? error : { cause: undefined };
  if (cause instanceof AppError) return cause;
  const timedOut = [error, cause].some((one) => one instanceof Error && /^(Timeout|Abort)Error$/.test(one.name));
  if (timedOut) return new GitHubFailure({ kind: heavy ? "too_heavy" : "transient" }, "GitHub did not answer in time");
  const http = httpErrorSchema.safeParse(error);
  if (!http.success) return error;
  const { message, response, status } = http.data;
  // Without an answer there is no response: the network failed, which octokit gives the status 500.
  if (response === undefined)
    return new GitHubFailure({ kind: "transient" }, `GitHub cannot be reached: ${rootMessage(error)}`, {
      cause: error,
    });
  const reason = reasonOfStatus({ status, message, headers: headersOf(response.headers) }, now, heavy);
  return new GitHubFailure(reason, `GitHub answered ${status}: ${message}`);
}
