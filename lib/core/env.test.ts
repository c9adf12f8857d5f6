import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { EnvError, parseEnv } from "./env";

function problemsOf(source: Record<string, string>): Record<string, string> {
  try {
    parseEnv(source, "/srv");
  } catch (error) {
    if (error instanceof EnvError)
      return Object.fromEntries(error.problems.map(({ name, problem }) => [name, problem]));
    throw error;
  }
  return {};
}

function fileWith(content: string): string {
  const directory = mkdtempSync(path.join(tmpdir(), "fleetgauge-env-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = path.join(directory, "value");
  writeFileSync(file, content);
  return file;
}

describe("parseEnv", () => {
  it("has a default for everything", () => {
    expect(parseEnv({}, "/srv")).toEqual({
      apiRequestsPerMinute: 600,
      host: "127.0.0.1",
      databaseUrl: null,
      databaseReplicaUrl: null,
      appUrl: "http://127.0.0.1:3000",
      port: 3000,
      secret: null,
      previousSecrets: [],
      dataDir: "/srv/.fleetgauge",
      initAdmin: null,
      initApiKey: null,
      demo: false,
      githubApiUrl: "https://api.github.com",
      githubWebhookSecrets: [],
      smtp: null,
      trustProxy: false,
      egressAllowHosts: [],
      logLevel: "info",
    });
  });

  it("takes an empty value for a missing one", () => {
    expect(parseEnv({ DATABASE_URL: "", PORT: " ", FLEETGAUGE_DEMO: "" }, "/srv")).toEqual(parseEnv({}, "/srv"));
  });

  it("reads a value from the file that NAME_FILE names, without its last line feed", () => {
    const url = "postgresql://me:secret@db/fleet";
    expect(parseEnv({ DATABASE_URL_FILE: fileWith(`${url}\n`) }, "/srv").databaseUrl).toBe(url);
  });

  it("names every problem at once and never shows a value", () => {
    const source = {
      DATABASE_URL: "mysql://me:hunter2@db/fleet",
      PORT: "99999",
      FLEETGAUGE_SECRET: "hunter2",
      GITHUB_API_URL: "ftp://hunter2",
      EGRESS_ALLOW_HOSTS: "ok.example,not ok",
      FLEETGAUGE_DEMO: "yes",
      SMTP_URL: "https://hunter2@mail.example",
      MAIL_FROM: "hunter2",
      TRUST_PROXY_FILE: "/there/is/no/such/file",
    };
    expect(Object.keys(problemsOf(source)).sort()).toEqual(Object.keys(source).sort());
    expect(JSON.stringify(problemsOf(source))).not.toContain("hunter2");
  });

  it("refuses a value given twice and half an administrator", () => {
    const twice = { APP_URL: "https://a.example", APP_URL_FILE: fileWith("https://b.example") };
    expect(problemsOf(twice)).toEqual({ APP_URL_FILE: "set together with APP_URL: remove one of them" });
    expect(Object.keys(problemsOf({ FLEETGAUGE_INIT_ADMIN_EMAIL: "a@b.example" }))).toEqual([
      "FLEETGAUGE_INIT_ADMIN_PASSWORD",
    ]);
  });

  it("takes a mail server with the address that mail is from, and not the half of it", () => {
    const [url, from] = ["smtps://me:secret@mail.example:465", "Fleetgauge <fleet@example.com>"];
    expect(parseEnv({ SMTP_URL: url, MAIL_FROM: from }, "/srv").smtp).toEqual({ url, from });
    expect(Object.keys(problemsOf({ SMTP_URL: "smtp://me:100%@mail.example", MAIL_FROM: from }))).toEqual(["SMTP_URL"]);
    expect(Object.keys(problemsOf({ SMTP_URL: url }))).toEqual(["MAIL_FROM"]);
    expect(Object.keys(problemsOf({ MAIL_FROM: from }))).toEqual(["SMTP_URL"]);
    expect(Object.keys(problemsOf({ SMTP_URL: url, MAIL_FROM: "a@b.example\nBcc: c@d.example" }))).toEqual([
      "MAIL_FROM",
    ]);
  });

  it("takes lists of hosts and trims the slash of URLs", () => {
    const env = parseEnv({ EGRESS_ALLOW_HOSTS: "GHES.corp, idp.corp:8443", APP_URL: "https://fleet.example/" }, "/srv");
    expect(env.egressAllowHosts).toEqual(["ghes.corp", "idp.corp:8443"]);
    expect(env.appUrl).toBe("https://fleet.example");
  });

  it("may go to the GitHub that it is told of, and to no other port there", () => {
    const hosts = (url: string) =>
      parseEnv({ GITHUB_API_URL: url, EGRESS_ALLOW_HOSTS: "idp.corp" }, "/srv").egressAllowHosts;
    expect(hosts("https://ghes.corp/api/v3")).toEqual(["idp.corp", "ghes.corp:443"]);
    expect(hosts("http://127.0.0.1:4010/")).toEqual(["idp.corp", "127.0.0.1:4010"]);
    expect(hosts("https://api.github.com/")).toEqual(["idp.corp"]);
  });
});
