import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assertEgressUrl, createEgressFetch } from "./egress-fetch";

let server: Server;
let origin = "";
let connections = 0;
const requests: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request.url ?? "");
    const to = /^\/to\/(.+)$/.exec(request.url ?? "")?.[1];
    if (to === undefined) response.end(`hello ${request.headers.authorization ?? "nobody"}`);
    else response.writeHead(301, { location: decodeURIComponent(to) }).end();
  });
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const allowed = () => createEgressFetch({ allowHosts: [new URL(origin).host] });

describe("assertEgressUrl", () => {
  it.each([
    "http://api.github.com",
    "ftp://api.github.com",
    "file:///etc/passwd",
    "https://user:password@api.github.com",
    "nonsense",
    "https://127.0.0.1",
    "https://127.1",
    "https://0x7f000001",
    "https://2130706433",
    "https://017700000001",
    "https://[::1]",
    "https://[::ffff:10.0.0.1]",
    "https://[fd00:ec2::254]",
    "https://169.254.169.254/latest/meta-data",
    "https://１２７.0.0.1",
  ])("refuses %s", (address) => {
    expect(() => assertEgressUrl(address, [])).toThrow();
  });

  it("lets a public host pass, and a private one that is allowed, on its port alone where one is named", () => {
    expect(assertEgressUrl("https://api.github.com", []).host).toBe("api.github.com");
    expect(assertEgressUrl("http://github.corp/api/v3", ["github.corp"]).host).toBe("github.corp");
    expect(assertEgressUrl("http://10.0.0.1:8080", ["10.0.0.1:8080"]).port).toBe("8080");
    expect(() => assertEgressUrl("http://10.0.0.1:8081", ["10.0.0.1:8080"])).toThrow("https");
  });
});

describe("the guarded fetch", () => {
  it("reaches what is allowed", async () => {
    const answer = await allowed()(`${origin}/x`, { headers: { authorization: "token" } });
    expect(await answer.text()).toBe("hello token");
  });

  it("opens no connection to a name that leads inside, whatever else it leads to", async () => {
    const before = connections;
    const port = new URL(origin).port;
    for (const addresses of [["127.0.0.1"], ["140.82.112.3", "127.0.0.1"], ["::ffff:127.0.0.1"], []]) {
      const fetch = createEgressFetch({
        allowHosts: [],
        lookup: (_name, _options, callback) =>
          callback(
            null,
            addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
          ),
      });
      await expect(fetch(`https://github.example.com:${port}/`)).rejects.toMatchObject({
        code: "bad_request",
        message: expect.stringContaining("EGRESS_ALLOW_HOSTS"),
      });
    }
    expect(connections).toBe(before);
  });

  it("follows redirects within the origin, a few of them, and to no other", async () => {
    const fetch = allowed();
    expect(await (await fetch(`${origin}/to/${encodeURIComponent("/end")}`)).text()).toBe("hello nobody");
    await expect(fetch(`${origin}/to/${encodeURIComponent("https://attacker.example.com/")}`)).rejects.toMatchObject({
      message: expect.stringContaining("attacker.example.com"),
    });
    const circle = `${origin}/to/${encodeURIComponent("/to/%2Fcircle")}`;
    expect((await fetch(circle)).status).toBe(200);
    const loop = "/to/";
    requests.length = 0;
    let path = "/end";
    for (let turn = 0; turn < 5; turn += 1) path = `${loop}${encodeURIComponent(path)}`;
    await expect(fetch(`${origin}${path}`)).rejects.toMatchObject({ message: expect.stringContaining("circle") });
    expect(requests).toHaveLength(4);
  });
});
