import { addressOf } from "@/lib/auth/actor";
import { authenticate } from "@/lib/auth/authenticate";
import { AppError } from "@/lib/core/errors";
import { telemetryText } from "@/lib/telemetry/text";
import { answerRequest } from "./answer-request";
import { assertOwnHost } from "./same-site";

const LOOPBACK = new Set(["127.0.0.1", "::1"]);
/** What a proxy writes: then the loopback address is the proxy's, whoever is behind it. */
const PROXY_HEADERS = ["x-forwarded-for", "x-forwarded-host", "forwarded", "via", "x-real-ip"];

/** Whether a request comes from a program on this machine, not through a proxy on it. */
function isOfThisMachine(request: Request): boolean {
  if (PROXY_HEADERS.some((name) => request.headers.has(name))) return false;
  return LOOPBACK.has(addressOf(request.headers) ?? "");
}

/** Lets in programs of this machine, and whoever has a key for it. @throws {AppError} `unauthorized`, `forbidden` */
async function admit(request: Request): Promise<void> {
  if (request.headers.has("authorization")) {
    const caller = await authenticate(request.headers);
    if (caller?.permissions.has("telemetry:read") === true) return;
    throw new AppError({ code: "forbidden", message: "This key does not have the scope telemetry:read." });
  }
  if (!isOfThisMachine(request)) {
    throw new AppError({
      code: "unauthorized",
      message: "From other machines send a key with the scope telemetry:read as `Authorization: Bearer fg_…`.",
    });
  }
  assertOwnHost(request);
}

/** Answers Prometheus. */
export function answerTelemetry(request: Request): Promise<Response> {
  return answerRequest(request, async () => {
    await admit(request);
    const { contentType, text } = await telemetryText();
    return new Response(text, { headers: { "Content-Type": contentType, "Cache-Control": "no-store" } });
  });
}
