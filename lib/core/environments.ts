/** How people name the environment that their users use: "production", "prod-eu", "live". */
const PRODUCTION = /(^|[^a-z])(prod|production|live)([^a-z]|$)/i;

/** Whether users use an environment of this name, as far as names tell. */
export const isProductionName = (environment: string): boolean => PRODUCTION.test(environment);
