import { Random } from "@/prisma/seed/random";
import { type FuzzRequest, makeRequest, type Operation, operationsOf } from "./requests";
import type { Examples } from "./values";

export interface FuzzAnswer {
  status: number;
  contentType: string;
  body: string;
}

export interface FuzzReport {
  requests: number;
  /** How many had an answer of each status. */
  statuses: Record<string, number>;
  /** Operations that had no answer of success, however long they were asked: nothing but their refusals was tried. */
  neverAnswered: string[];
  /** What must not be, each with the request that shows it; empty when all is well. */
  problems: string[];
}

const MOST_PROBLEMS = 20;
/** Which part of the requests is wrong in one way or several. */
const WILD = 0.55;
/** How often an operation that chance has not pleased is asked once more, with nothing wrong on purpose. */
const FURTHER_REQUESTS = 200;
/** Nothing takes so long but what hangs. */
const PATIENCE_MS = 20_000;
/** What tells of the inside of the server. */
const LEAK = /node_modules|\bat [\w.<>]+ \(|\bselect\b.+\bfrom\b|syntax error at or near|ECONNREFUSED|PrismaClient/i;

/** What is wrong with an answer; null for one that is as it has to be. */
function complaintOf({ body, contentType, status }: FuzzAnswer): string | null {
  if (status >= 500) return `answered ${status}`;
  if (status < 400) return null;
  if (!contentType.startsWith("application/problem+json")) return `${status} is no problem document but ${contentType}`;
  let problem: { status?: unknown; title?: unknown; detail?: unknown; type?: unknown };
  try {
    problem = JSON.parse(body);
  } catch {
    return `the problem document of ${status} is not JSON`;
  }
  if (problem.status !== status) return `the problem document of ${status} says ${String(problem.status)}`;
  const texts = [problem.type, problem.title, problem.detail];
  if (texts.some((text) => typeof text !== "string" || text === ""))
    return `the problem document of ${status} says too little`;
  return LEAK.test(body) ? `the problem document of ${status} tells of the inside` : null;
}

const nameOf = ({ method, path }: Operation): string => `${method} ${path}`;

async function answeredInTime(ask: Promise<FuzzAnswer>): Promise<FuzzAnswer | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  return Promise.race([ask, late]).finally(() => clearTimeout(timer));
}

/**
 * Asks an API whatever its OpenAPI document lets one think of, and much that it does not.
 * @param document as `/api/openapi.json` answers it
 * @param ask sends one request
 */
export async function runFuzz(
  document: Parameters<typeof operationsOf>[0],
  ask: (request: FuzzRequest) => Promise<FuzzAnswer>,
  {
    examples,
    hardToPlease = new Set(),
    onProgress = () => {},
    requests,
    seed,
  }: {
    requests: number;
    seed: number;
    examples: Examples;
    /** Operations that are asked no further when chance has not pleased them. */
    hardToPlease?: ReadonlySet<string>;
    onProgress?: (text: string) => void;
  },
): Promise<FuzzReport> {
  const random = new Random(seed);
  const operations = operationsOf(document);
  const report: FuzzReport = { requests: 0, statuses: {}, neverAnswered: [], problems: [] };
  const answered = new Set<string>();
  const isOver = () => report.problems.length >= MOST_PROBLEMS;
  const askOnce = async (operation: Operation, wild: boolean) => {
    const request = makeRequest(operation, random, examples, wild);
    const answer = await answeredInTime(ask(request));
    report.requests += 1;
    const complaint = answer === null ? "was not answered in time" : complaintOf(answer);
    if (complaint !== null) {
      const { body, method, path } = request;
      report.problems.push(
        `${method} ${path.slice(0, 300)} ${body?.slice(0, 300) ?? ""}: ${complaint} ${answer?.body.slice(0, 200) ?? ""}`,
      );
    }
    const status = String(answer?.status ?? "none");
    report.statuses[status] = (report.statuses[status] ?? 0) + 1;
    if (answer !== null && answer.status < 300 && request.method === operation.method) answered.add(nameOf(operation));
    if (report.requests % 500 === 0) onProgress(`${report.requests} of ${requests} requests`);
  };

  while (report.requests < requests && !isOver()) {
    // In turns, so that however many there are each is asked as often as any other.
    const operation = operations[report.requests % operations.length];
    if (operation === undefined) break;
    await askOnce(operation, random.chance(WILD));
  }
  for (const operation of operations) {
    const name = nameOf(operation);
    if (hardToPlease.has(name)) continue;
    for (let turn = 0; turn < FURTHER_REQUESTS && !answered.has(name) && !isOver(); turn += 1) {
      await askOnce(operation, false);
    }
  }
  report.neverAnswered = operations
    .map(nameOf)
    .filter((name) => !answered.has(name))
    .sort();
  return report;
}
