/**
 * How people name the environment that their users use, as a regular expression of PostgreSQL without regard to case:
 * "production", "prod-eu", "live".
 */
export const PRODUCTION_PATTERN = "(^|[^a-z])(prod|production|live)([^a-z]|$)";
