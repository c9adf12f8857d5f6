import { createPool, setPool } from "@/lib/db/pool";
import { createWebServer } from "@/lib/web/server";

// The web process as far as it takes deliveries: what the framework answers is another matter, and takes a build.
const { port, url } = JSON.parse(process.argv[2] ?? "{}") as { url: string; port: number };
setPool(createPool(url, "fleetgauge-chaos-web"));
createWebServer(async (_request, response) => {
  response.writeHead(404).end();
}).listen(port, "127.0.0.1");
