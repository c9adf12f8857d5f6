import { describe, expect, it } from "vitest";
import { appManifest, canBeReached, missingOfInstallation, webAddressOf } from "./app-manifest";

const GITHUB = "https://api.github.com";
const OWN = "https://ghes.acme.test/api/v3";
const manifest = (more: Partial<Parameters<typeof appManifest>[0]> = {}) =>
  appManifest({
    apiUrl: GITHUB,
    appUrl: "https://fleet.acme.com",
    account: "acme",
    suffix: "1a2b",
    securityAlerts: false,
    ...more,
  });

describe("the manifest of an App", () => {
  it("asks to read and for nothing else, and for security alerts only when they are wanted", () => {
    const { default_permissions: lean } = manifest();
    expect(new Set(Object.values(lean))).toEqual(new Set(["read"]));
    expect(Object.keys(lean)).not.toContain("security_events");
    const { default_permissions: full } = manifest({ securityAlerts: true });
    expect(Object.keys(full)).toEqual(
      expect.arrayContaining(["security_events", "vulnerability_alerts", "secret_scanning_alerts"]),
    );
  });

  it("has deliveries sent where they can arrive, and none where they cannot", () => {
    expect(manifest()).toMatchObject({
      redirect_url: "https://fleet.acme.com/connections/github",
      hook_attributes: { url: "https://fleet.acme.com/api/webhooks/github", active: true },
    });
    expect(manifest({ appUrl: "http://127.0.0.1:3000" })).not.toHaveProperty("hook_attributes");
  });

  it("has a name that GitHub takes, however long the organisation's is", () => {
    const { name } = manifest({ account: "an-organisation-with-a-very-long-name" });
    expect(name).toHaveLength(34);
    expect(name.endsWith(" 1a2b")).toBe(true);
    expect(manifest({ account: null }).name).toBe("Fleetgauge 1a2b");
  });
});

it.each([
  ["https://fleet.acme.com", GITHUB, true],
  ["http://localhost:3000", GITHUB, false],
  ["http://127.0.0.1:3000", OWN, false],
  ["http://[::1]:3000", OWN, false],
  ["http://10.1.2.3:3000", GITHUB, false],
  ["http://10.1.2.3:3000", OWN, true],
  ["http://fleet", GITHUB, false],
  ["http://fleet", OWN, true],
  ["http://140.82.112.3", GITHUB, true],
])("deliveries reach %s from %s: %s", (appUrl, apiUrl, reached) => {
  expect(canBeReached(appUrl, apiUrl)).toBe(reached);
});

it.each([
  [GITHUB, "https://github.com"],
  [OWN, "https://ghes.acme.test"],
])("people look at %s at %s", (apiUrl, address) => {
  expect(webAddressOf(apiUrl)).toBe(address);
});

it("names what an installation was not allowed", () => {
  expect(missingOfInstallation({ metadata: "read", contents: "write", pull_requests: "read" })).toEqual({
    required: [],
    optional: ["Issues: read", "Checks: read", "Statuses: read", "Actions: read", "Deployments: read", "Members: read"],
  });
  expect(missingOfInstallation({}).required).toEqual(["Metadata: read", "Contents: read", "Pull requests: read"]);
});
