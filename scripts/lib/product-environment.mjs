/** What a user may have set for the product. */
const PRODUCT_VARIABLES = [
  "DATABASE_URL",
  "DATABASE_REPLICA_URL",
  "PORT",
  "APP_URL",
  "FLEETGAUGE_DATA_DIR",
  "FLEETGAUGE_DEMO",
  "FLEETGAUGE_SECRET",
  "FLEETGAUGE_PREVIOUS_SECRETS",
  "FLEETGAUGE_INIT_ADMIN_EMAIL",
  "FLEETGAUGE_INIT_ADMIN_PASSWORD",
  "FLEETGAUGE_INIT_API_KEY",
  "HOST",
  "TRUST_PROXY",
  "SMTP_URL",
  "MAIL_FROM",
  "API_REQUESTS_PER_MINUTE",
];

/** Tests and benchmarks choose their own database and data directory; what is meant for the product must not reach them. */
export function forgetProductEnvironment() {
  for (const name of PRODUCT_VARIABLES) {
    delete process.env[name];
    delete process.env[`${name}_FILE`];
  }
}
