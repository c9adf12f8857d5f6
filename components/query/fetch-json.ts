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
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * Fetches JSON from the same origin; with a body it is a POST unless a method is given. When the session has ended, the
 * page goes to where one signs in, and comes back.
 * @throws {ProblemError} when the server answers with anything but success.
 */
export async function fetchJson<Answer>(url: string, init: FetchJsonInit = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: init.method ?? (init.body === undefined ? "GET" : "POST"),
    ...(init.body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(init.body),
    }),
    ...(init.signal !== undefined && { signal: init.signal }),
  });
  if (!response.ok) {
    if (response.status === 401 && url.startsWith("/api/v1/")) signInAgain();
    throw await problemOf(response);
  }
  return response.json();
}

function signInAgain(): void {
  const { pathname, search } = window.location;
  window.location.assign(`/sign-in?next=${encodeURIComponent(`${pathname}${search}`)}`);
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
