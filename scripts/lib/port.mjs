import { createServer } from "node:net";
import { Failure } from "./failure.mjs";

/** The server answers on this machine only until there are accounts. */
export const HOST = "127.0.0.1";

/**
 * Ends the start before the long work when the port is taken.
 * @param {number} port
 */
export async function checkPort(port) {
  const error = await new Promise((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen({ port, host: HOST, exclusive: true }, () => server.close(() => resolve(null)));
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
