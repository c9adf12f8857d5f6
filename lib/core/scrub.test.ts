import { describe, expect, it } from "vitest";
import { createScrubber } from "./scrub";

describe("a line of the log", () => {
  const scrub = createScrubber(["the secret of the house", 'with "quotes" and\nlines', "short"]);

  it.each([
    ["the secret of the house is here", "[redacted] is here"],
    [JSON.stringify({ msg: 'with "quotes" and\nlines' }), '{"msg":"[redacted]"}'],
    ["https://a.test/?x=the%20secret%20of%20the%20house", "https://a.test/?x=[redacted]"],
    ["fg_abcdefgh-ijkl was refused", "[redacted] was refused"],
    ["token ghs_0123456789abcdef and github_pat_0123456789", "token [redacted] and [redacted]"],
    ["Authorization: Bearer abcdefghijkl", "Authorization: Bearer [redacted]"],
    ["postgresql://me:pass@word@host:5432/db", "postgresql://me:[redacted]@host:5432/db"],
    ["https://a.test/cb?code=12345678&state=abcdefgh&x=1", "https://a.test/cb?code=[redacted]&state=[redacted]&x=1"],
    ["a eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.c2ln b", "a [redacted] b"],
    ["-----BEGIN RSA PRIVATE KEY-----\\nMIIE\\n-----END RSA PRIVATE KEY-----\\n", "[redacted]\\n"],
    ["-----BEGIN PRIVATE KEY-----\nMIIE", "[redacted]"],
  ])("loses its secrets: %j", (line, scrubbed) => {
    expect(scrub(line)).toBe(scrubbed);
  });

  it.each([
    '{"path":"/api/v1/pull-requests","status":200,"msg":"request"}',
    "https://a.test:8080/path stays",
    "short words stay, and a token of thanks; the code is fine",
    "Error: connect ECONNREFUSED 127.0.0.1:5432 at Socket (node:net:1:2)",
  ])("keeps the rest: %j", (line) => {
    expect(scrub(line)).toBe(line);
  });
});
