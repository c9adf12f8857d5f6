# One image for web, worker and command line. It needs a PostgreSQL 15 to 18 (DATABASE_URL); see compose.yaml.
FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node scripts/prepare.mjs

FROM node:24-bookworm-slim
# git reads the repositories that are imported.
RUN apt-get update && apt-get install -y --no-install-recommends git ca-certificates && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --create-home fleetgauge
WORKDIR /app
COPY --from=build --chown=10001:10001 /app ./
USER 10001
ENV NODE_ENV=production FLEETGAUGE_DATA_DIR=/home/fleetgauge/data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "--eval", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/api/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "scripts/start.mjs"]
