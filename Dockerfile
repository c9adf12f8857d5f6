# One image for web, worker, migrations and command line. It needs a PostgreSQL 15 to 18 (DATABASE_URL); see compose.yaml.
FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node scripts/prepare.mjs --image

FROM node:24-bookworm-slim
# git reads the repositories that are imported.
RUN apt-get update && apt-get install -y --no-install-recommends git ca-certificates && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --create-home fleetgauge
WORKDIR /app
# It belongs to root: what runs cannot change what it runs.
COPY --from=build /app ./
USER 10001
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 FLEETGAUGE_DATA_DIR=/tmp/fleetgauge
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "scripts/healthcheck.mjs"]
CMD ["node", "scripts/web.mjs"]
