/** An answer of the API that is not a success, with what its problem document says (RFC 9457). */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  constructor(
    message: string,
    readonly status: number,
    /** JSON pointer of the field that was wrong, or null. */
    readonly pointer: string | null,
  ) {
    super(message);
  }
}

interface FetchJsonInit {
  method?: "GET" | "POST" | "DELETE";
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * Fetches JSON from the same origin; with a body it is a POST.
 * @throws {ProblemError} when the server answers with anything but success.
 */
export async function fetchJson<Answer>(url: string, init: FetchJsonInit = {}): Promise<Answer> {
  const response = await fetch(url, {
    ...(init.method !== undefined && { method: init.method }),
    ...(init.body !== undefined && {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(init.body),
    }),
    ...(init.signal !== undefined && { signal: init.signal }),
  });
  if (!response.ok) throw await problemOf(response);
  return response.json();
}

async function problemOf(response: Response): Promise<ProblemError> {
  let text = `The server answered ${response.status}.`;
  let pointer: string | null = null;
  try {
    const problem: unknown = await response.json();
    if (typeof problem === "object" && problem !== null) {
      if ("detail" in problem && typeof problem.detail === "string") text = problem.detail;
      if ("pointer" in problem && typeof problem.pointer === "string") pointer = problem.pointer;
    }
  } catch {
    // A proxy's page instead of a problem document: the status says enough.
  }
  return new ProblemError(text, response.status, pointer);
}
