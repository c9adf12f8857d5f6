import { describe, expect, it } from "vitest";
import { clientAddress } from "./client-address";

describe("where a request comes from", () => {
  it.each([
    ["the connection says, without a proxy of ours", "203.0.113.9", "198.51.100.1", false, "203.0.113.9"],
    ["the last address that our proxy wrote down", "10.0.0.2", "1.1.1.1, 198.51.100.1", true, "198.51.100.1"],
    ["the last one of several headers", "10.0.0.2", ["1.1.1.1", "198.51.100.1"], true, "198.51.100.1"],
    ["the connection, when the proxy wrote nothing", "10.0.0.2", undefined, true, "10.0.0.2"],
    ["the connection, when it wrote no address", "10.0.0.2", "unknown", true, "10.0.0.2"],
    ["IPv4 as IPv4", "::ffff:203.0.113.9", undefined, false, "203.0.113.9"],
    ["IPv6 as it is", "2001:db8::1", undefined, false, "2001:db8::1"],
    ["nothing, when the connection is gone", undefined, undefined, false, ""],
  ] as const)("is %s", (_, socket, forwarded, trust, expected) => {
    expect(clientAddress(socket, forwarded, trust)).toBe(expected);
  });
});
