import { expect, it } from "vitest";
import { contentSecurityPolicy, createNonce } from "./content-security-policy";

it("lets a page run the scripts of its own answer alone", () => {
  const policy = contentSecurityPolicy("abc", { egressAllowHosts: ["github.corp:8080", "127.0.0.1"] });
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "connect-src 'self'"]) {
    expect(policy).toContain(part);
  }
  expect(policy).toContain("form-action 'self' https: http://github.corp:8080 http://127.0.0.1:*");
});

it("lets an answer of the API do nothing", () => {
  expect(contentSecurityPolicy(null, { egressAllowHosts: [] })).toBe(
    "default-src 'none'; form-action 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  );
});

it("makes another nonce each time", () => {
  expect(new Set(Array.from({ length: 100 }, createNonce)).size).toBe(100);
});
