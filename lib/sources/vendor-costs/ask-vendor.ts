import { type AskVendor, VendorFailure, type VendorQuestion } from "./vendor";

/** Bytes of one answer; of a page of a month of costs a small part. */
const MOST_BYTES = 32 * 1024 * 1024;
/** How often a question is asked, where the vendor could not answer it, and how long is waited before each. */
const WAITS_MS = [1000, 5000, 20_000];
/** Longer than that nobody waits here: it is asked again later. */
const LONGEST_WAIT_S = 60;

interface Means {
  fetch: (url: URL, init: { method: string; headers: Record<string, string>; body?: string }) => Promise<Response>;
  wait: (ms: number) => Promise<void>;
}

function retryAfterOf(response: Response): number | null {
  const text = response.headers.get("retry-after");
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null;
}

/** What a vendor says is wrong, without anything of the question: in one line, and short. */
async function saidOf(response: Response): Promise<string> {
  const text = (await response.text().catch(() => "")).slice(0, 2000);
  const [, message] = /"message"\s*:\s*"((?:[^"\\]|\\.){1,300})"/.exec(text) ?? [];
  return message === undefined ? "" : ` ${message.replaceAll(/\\./g, " ")}`;
}

async function askOnce({ fetch }: Means, { body, headers, url }: VendorQuestion): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        accept: "application/json",
        "user-agent": "fleetgauge",
        ...headers,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "";
    throw new VendorFailure("unavailable", `${url.host} could not be reached. ${reason}`.trim());
  }
  const { status } = response;
  if (status === 401 || status === 403 || status === 404)
    throw new VendorFailure(
      "refused",
      `${url.host} answered ${status}: the key may not read costs.${await saidOf(response)}`,
    );
  if (status === 429) throw new VendorFailure("limited", `${url.host} was asked too often.`, retryAfterOf(response));
  if (status >= 500) throw new VendorFailure("unavailable", `${url.host} answered ${status}.`, retryAfterOf(response));
  if (status !== 200)
    throw new VendorFailure("changed", `${url.host} answered ${status} to ${url.pathname}.${await saidOf(response)}`);
  const text = await response.text();
  if (text.length > MOST_BYTES)
    throw new VendorFailure("changed", `The answer of ${url.host} is larger than it can be.`);
  return text;
}

/** Asks again what a vendor could not answer, a few times and as late as it wants. */
export function createAsk(means: Means): AskVendor {
  return async (question) => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await askOnce(means, question);
      } catch (error) {
        const wait = WAITS_MS[attempt];
        if (!(error instanceof VendorFailure) || wait === undefined) throw error;
        if (error.kind === "refused" || error.kind === "changed") throw error;
        if (error.retryAfter !== null && error.retryAfter > LONGEST_WAIT_S) throw error;
        await means.wait(Math.max(wait, (error.retryAfter ?? 0) * 1000));
      }
    }
  };
}
