import { createServer, type Server } from "node:http";
import { type AddressInfo, isIP } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createEgressFetch } from "@/lib/core/egress/egress-fetch";
import { evasiveNames, evasiveUrls } from "@/tests/factories/egress-evasions";

let canary: Server;
let port = 0;
let connections = 0;

beforeAll(async () => {
  canary = createServer((_request, response) => {
    response.end("inside");
  });
  canary.on("connection", () => {
    connections += 1;
  });
  // Every family and every address of this machine.
  await new Promise<void>((resolve) => canary.listen(0, "::", resolve));
  port = (canary.address() as AddressInfo).port;
});
afterAll(() => {
  canary.closeAllConnections();
  canary.close();
});

/** What is refused says so; a connection that merely failed would be another error. */
const REFUSED = { name: "AppError", code: "bad_request" };

it("no address that leads inside is connected to, however it is written", async () => {
  const fetch = createEgressFetch({
    allowHosts: [],
    timeoutMs: 2000,
    lookup: (_name, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]),
  });
  const urls = evasiveUrls(port);
  expect(new Set(urls).size).toBeGreaterThan(400);
  for (const url of urls) await expect(fetch(url), url).rejects.toMatchObject(REFUSED);
  expect(connections).toBe(0);
});

it("no name that leads inside is connected to, whatever else it leads to and whenever it is looked up", async () => {
  const names = evasiveNames();
  expect(names.length).toBeGreaterThan(100);
  for (const { looks, name } of names) {
    let look = 0;
    const fetch = createEgressFetch({
      allowHosts: [],
      timeoutMs: 2000,
      lookup: (_name, _options, callback) => {
        const addresses = looks[Math.min(look, looks.length - 1)] ?? [];
        look += 1;
        callback(
          null,
          addresses.map((address) => ({ address, family: isIP(address) })),
        );
      },
    });
    await expect(fetch(`https://${name}:${port}/`), `${name} ${JSON.stringify(looks)}`).rejects.toMatchObject(REFUSED);
  }
  expect(connections).toBe(0);
});

it("no redirect leads inside, or to another host at all", async () => {
  const targets = evasiveUrls(port).filter((url) => URL.canParse(url));
  let to = "";
  const open = createServer((_request, response) => {
    response.writeHead(302, { location: to }).end();
  });
  await new Promise<void>((resolve) => open.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(open.address() as AddressInfo).port}`;
  try {
    const fetch = createEgressFetch({ allowHosts: [host], timeoutMs: 2000 });
    for (const target of targets) {
      // What a header cannot hold is sent as a server would send it.
      to = new URL(target).href;
      await expect(fetch(`http://${host}/`), target).rejects.toMatchObject(REFUSED);
    }
  } finally {
    open.closeAllConnections();
    open.close();
  }
  expect(connections).toBe(0);
});
