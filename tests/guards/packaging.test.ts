import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const ROOT = path.resolve(import.meta.dirname, "..", "..");
const read = (name: string) => readFile(path.join(ROOT, name), "utf8");

interface Service {
  command?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  ports?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
}

describe("the image", () => {
  it("is built in one stage and runs in another, as nobody, with a health check", async () => {
    const stages = (await read("Dockerfile")).split(/^FROM /m).slice(1);
    expect(stages).toHaveLength(2);
    const last = stages[1] ?? "";
    expect(last).toMatch(/^USER 10001$/m);
    expect(last).toMatch(/^HEALTHCHECK /m);
    expect(last).toMatch(/^STOPSIGNAL SIGTERM$/m);
    expect(last).not.toMatch(/--chown/);
    expect(stages.join("")).not.toMatch(/:latest|SECRET|PASSWORD|TOKEN/);
    for (const [, command = ""] of stages.join("").matchAll(/"(scripts\/[\w-]+\.mjs)"|node (scripts\/[\w-]+\.mjs)/g)) {
      if (command !== "") expect(existsSync(path.join(ROOT, command)), command).toBe(true);
    }
  });

  it("takes no secret, no history and nothing that was built here with it", async () => {
    const ignored = (await read(".dockerignore")).trim().split("\n");
    expect(ignored).toEqual(
      expect.arrayContaining([".git", ".env", ".env.local", ".fleetgauge", "node_modules", ".next"]),
    );
  });
});

describe("compose.yaml", () => {
  it("runs web and worker without rights, on a file system that cannot be written", async () => {
    const { services } = parse(await read("compose.yaml"), { merge: true }) as { services: Record<string, Service> };
    expect(Object.keys(services).sort()).toEqual(["migrate", "postgres", "web", "worker"]);
    for (const name of ["migrate", "web", "worker"]) {
      const service = services[name] ?? {};
      expect(service, name).toMatchObject({
        read_only: true,
        cap_drop: ["ALL"],
        security_opt: ["no-new-privileges:true"],
      });
      const [, script = ""] = service.command ?? ["node", "scripts/web.mjs"];
      expect(existsSync(path.join(ROOT, script)), script).toBe(true);
      for (const [variable, value] of Object.entries(service.environment ?? {})) {
        if (/PASSWORD|SECRET|URL/.test(variable) && !/^APP_URL$/.test(variable)) {
          // What is a secret comes from outside, and a start without it fails, unless it is left out where nothing needs it.
          expect(value, variable).toMatch(/\$\{[A-Z_]+:(?:\?|-\}$)/);
        }
      }
    }
    expect(services.web?.depends_on).toEqual({ migrate: { condition: "service_completed_successfully" } });
    expect(services.migrate?.depends_on).toEqual({ postgres: { condition: "service_healthy" } });
    for (const port of services.web?.ports ?? ["none"]) expect(port).toMatch(/^127\.0\.0\.1:/);
    expect(services.postgres?.ports).toBeUndefined();
    expect(services.postgres?.healthcheck?.test).toBeDefined();
  });
});
