import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AppError, errorCode } from "@/lib/core/errors";
import { UnsupportedContentType } from "./read-input";
import { readRawBody } from "./read-raw-body";

const MEGABYTE = 1024 * 1024;
const unzip = promisify(gunzip);

/**
 * The bytes of a body of one of some types, unpacked where it was sent with gzip.
 * @param most bytes that it may have as it is sent, and unpacked
 * @throws {UnsupportedContentType} @throws {AppError} `bad_request`, `payload_too_large` or `unavailable`
 */
export async function readCompressedBody(
  request: Request,
  types: readonly string[],
  most: { sent: number; unpacked: number },
): Promise<{ type: string; bytes: Buffer }> {
  const { headers } = request;
  const type = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!types.includes(type)) throw new UnsupportedContentType(`Send the body as ${types.join(" or ")}.`);
  const encoding = headers.get("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity" && encoding !== "gzip")
    throw new UnsupportedContentType(`The body may be packed with gzip (Content-Encoding: ${encoding}).`);
  const sent = await readRawBody(request.body ?? [], { declared: headers.get("content-length"), maxBytes: most.sent });
  if (encoding === "identity") return { type, bytes: sent };
  try {
    return { type, bytes: await unzip(sent, { maxOutputLength: most.unpacked }) };
  } catch (cause) {
    if (errorCode(cause) === "ERR_BUFFER_TOO_LARGE") {
      const message = `The body is larger than ${Math.round(most.unpacked / MEGABYTE)} MB when it is unpacked.`;
      throw new AppError({ code: "payload_too_large", message, cause });
    }
    throw new AppError({ code: "bad_request", message: "The body is not gzip, or broke off.", cause });
  }
}
