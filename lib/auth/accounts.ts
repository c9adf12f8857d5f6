import { createHash, randomUUID } from "node:crypto";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { twoFactor } from "better-auth/plugins/two-factor";
import { CLIENT_ADDRESS_HEADER } from "@/lib/core/client-address";
import { env } from "@/lib/core/env";
import { createLogger } from "@/lib/core/logger";
import { getPrisma } from "@/lib/db/prisma-client";
import { hashPassword, verifyPassword } from "./password";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "./password-length";
import { cookieAttributes, cookieName, cookieSecrets } from "./session-cookie";
import { SESSION_SECONDS } from "./sessions";

const log = createLogger("accounts");

/** The library tells secrets apart by a number; made of the secret itself, it is the same after every rotation. */
function versionOf(secret: string): number {
  return createHash("sha256").update("version").update(secret).digest().readUInt32BE(0) >>> 1;
}

/**
 * Passwords, sessions and second factors are better-auth's, called as functions: none of its routes are on the network,
 * so that every request passes the same checks of ours. Sessions are read by `findSessionCaller`.
 */
function createAccounts(prisma: ReturnType<typeof getPrisma>) {
  const secrets = cookieSecrets();
  const cookie = (name: "session" | "two_factor") => ({ name: cookieName(name), attributes: cookieAttributes() });
  return betterAuth({
    appName: "Fleetgauge",
    baseURL: env().appUrl,
    secret: secrets[0],
    secrets: secrets.map((value) => ({ version: versionOf(value), value })),
    database: prismaAdapter(prisma, { provider: "postgresql" }),
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    user: {
      additionalFields: {
        role: { type: "string", required: true, input: false },
        disabledAt: { type: "date", required: false, input: false },
      },
    },
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true },
    advanced: {
      cookiePrefix: "fleetgauge",
      useSecureCookies: false,
      cookies: { session_token: cookie("session"), two_factor: cookie("two_factor") },
      defaultCookieAttributes: cookieAttributes(),
      database: { generateId: () => randomUUID() },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
    logger: {
      log: (level, message) => log[level === "error" ? "error" : "debug"]({ library: "better-auth" }, message),
    },
    plugins: [twoFactor({ issuer: "Fleetgauge" })],
  });
}

type Accounts = ReturnType<typeof createAccounts>;

/** Next.js bundles this module once per entry; the instance hangs on the global object and follows the database. */
const holder: typeof globalThis & {
  fleetgaugeAccounts?: { prisma: ReturnType<typeof getPrisma>; accounts: Accounts };
} = globalThis;

/** The accounts of the database that this process uses. */
export function getAccounts(): Accounts {
  const prisma = getPrisma();
  if (holder.fleetgaugeAccounts?.prisma !== prisma) {
    holder.fleetgaugeAccounts = { prisma, accounts: createAccounts(prisma) };
  }
  return holder.fleetgaugeAccounts.accounts;
}
