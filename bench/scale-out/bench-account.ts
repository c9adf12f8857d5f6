/** Who asks in a benchmark: made by the web server at its start, in a database that is thrown away. */
export const BENCH_KEY = "fg_the-key-of-a-benchmark";
export const BENCH_OWNER = { email: "bench@example.com", password: "a heron in the harbour" };

/** Variables of a web server that lets them in, as often as they ask. */
export const BENCH_ACCOUNT: Readonly<Record<string, string>> = {
  FLEETGAUGE_INIT_API_KEY: BENCH_KEY,
  FLEETGAUGE_INIT_ADMIN_EMAIL: BENCH_OWNER.email,
  FLEETGAUGE_INIT_ADMIN_PASSWORD: BENCH_OWNER.password,
  API_REQUESTS_PER_MINUTE: "0",
};
