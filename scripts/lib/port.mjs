import { createServer } from "node:net";
import { Failure } from "./failure.mjs";

const LOOPBACK = "127.0.0.1";

/** Where the server listens: on this machine alone, unless HOST says otherwise (0.0.0.0 for every network). */
export function listenHost() {
  return process.env.HOST?.trim() || LOOPBACK;
}

/**
 * How a server that listens there is called from this machine.
 * @param {string} host
 */
export function urlHost(host) {
  if (host === "0.0.0.0" || host === "::") return LOOPBACK;
  return host.includes(":") ? `[${host}]` : host;
}

/**
 * Ends the start before the long work when the port is taken.
 * @param {number} port
 * @param {string} host
 */
export async function checkPort(port, host) {
  const error = await new Promise((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
  if (error === null) return;
  if (error.code === "EADDRINUSE") {
    const other = port < 65_535 ? port + 1 : 3000;
    throw new Failure(
      `Port ${port} is taken by another program. Stop it, or choose another port:\n\n  PORT=${other} npm start\n`,
    );
  }
  throw new Failure(`Port ${port} cannot be used (${error.code}). Choose another one: PORT=3001 npm start`);
}
