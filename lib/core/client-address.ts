import { isIP } from "node:net";

/** Who is at the other end of the connection: the web server writes it over whatever a client sent under this name. */
export const CLIENT_ADDRESS_HEADER = "x-fleetgauge-client-address";

/**
 * The address of a client.
 * @param socketAddress of the connection
 * @param forwardedFor the `X-Forwarded-For` header; the last address in it is the one that our proxy saw
 * @param trustProxy whether every connection comes from a proxy of ours
 */
export function clientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | readonly string[] | undefined,
  trustProxy: boolean,
): string {
  const forwarded = trustProxy ? [forwardedFor ?? ""].flat().join(",").split(",").at(-1)?.trim() : undefined;
  const address = forwarded !== undefined && isIP(forwarded) !== 0 ? forwarded : (socketAddress ?? "");
  // A server that listens on IPv6 sees IPv4 clients in this form.
  return address.replace(/^::ffff:(?=\d+\.)/, "");
}
