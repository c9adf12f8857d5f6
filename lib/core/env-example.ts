import type { EnvVariableName } from "./env";

/** What a variable is for, and what it is when it is not set, or looks like. */
interface Documented {
  text: string;
  example: string;
}

const HEAD =
  "Copy to .env and uncomment what you need. Every variable also takes NAME_FILE, the path of a file that holds the value. A bad value stops the start with a table of what is wrong. Nothing is sent anywhere.";

/** In the order of the file; the compiler refuses a variable that is not here. */
const VARIABLES: Readonly<Record<EnvVariableName, Documented>> = {
  DATABASE_URL: {
    text: "PostgreSQL 15 to 18. Without it the embedded PostgreSQL is started, with its data in FLEETGAUGE_DATA_DIR.",
    example: "postgresql://fleetgauge:password@localhost:5432/fleetgauge",
  },
  DATABASE_REPLICA_URL: {
    text: "A streaming replica of DATABASE_URL that dashboards read from; docs/scaling.md says when it pays.",
    example: "",
  },
  APP_URL: {
    text: "The address under which people open Fleetgauge; default http://127.0.0.1:PORT.",
    example: "https://fleetgauge.example.com",
  },
  HOST: {
    text: "Address to listen on: this machine alone, or 0.0.0.0 for every network. Put https in front of it then, and set APP_URL.",
    example: "127.0.0.1",
  },
  PORT: {
    text: "The port of the web server.",
    example: "3000",
  },
  FLEETGAUGE_SECRET: {
    text: "At least 32 characters; made and kept in the data directory when it is missing.",
    example: "",
  },
  FLEETGAUGE_PREVIOUS_SECRETS: {
    text: "Earlier values of FLEETGAUGE_SECRET, separated by commas, until `fleetgauge keys rotate` has sealed everything anew.",
    example: "",
  },
  FLEETGAUGE_DATA_DIR: {
    text: "Where the embedded PostgreSQL, its password and the secret live; relative to the checkout.",
    example: "./.fleetgauge",
  },
  FLEETGAUGE_INIT_ADMIN_EMAIL: {
    text: "Headless set-up: the address of the first owner, who is made while there is no user.",
    example: "",
  },
  FLEETGAUGE_INIT_ADMIN_PASSWORD: {
    text: "The password of the first owner; at least 12 characters.",
    example: "",
  },
  FLEETGAUGE_INIT_API_KEY: {
    text: "A key with every scope that is made at the start: fg_ and a long random text.",
    example: "",
  },
  FLEETGAUGE_DEMO: {
    text: "1 loads the sample fleet, a generated company, before the start.",
    example: "0",
  },
  GITHUB_API_URL: {
    text: "GitHub Enterprise Server: https://github.example.com/api/v3. Accounts are connected there unless another address is given; it may be in a private network.",
    example: "https://api.github.com",
  },
  GITHUB_WEBHOOK_SECRET: {
    text: "The secret of the webhook at GitHub, which posts to /api/webhooks/github; a long random text. To replace it, set the new and the old one, separated by a comma, until GitHub signs with the new one.",
    example: "",
  },
  API_REQUESTS_PER_MINUTE: {
    text: "Requests a minute that one caller of the API may make; 0 for no limit.",
    example: "600",
  },
  SMTP_URL: {
    text: "A mail server for reports that are sent by themselves: smtp:// with STARTTLS, or smtps://.",
    example: "smtp://name:password@mail.example.com:587",
  },
  MAIL_FROM: {
    text: "The address that mail is from.",
    example: "Fleetgauge <fleetgauge@example.com>",
  },
  TRUST_PROXY: {
    text: "1 when a reverse proxy in front sets X-Forwarded-* headers.",
    example: "0",
  },
  EGRESS_ALLOW_HOSTS: {
    text: "Host names in private networks that outgoing requests may reach, separated by commas.",
    example: "",
  },
  LOG_LEVEL: {
    text: "trace, debug, info, warn, error, fatal or silent.",
    example: "info",
  },
};

const WIDTH = 118;

function comment(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => `# ${line}`).join("\n");
}

/** The contents of `.env.example`: every variable that `env.ts` reads, commented out. */
export function renderEnvExample(): string {
  const blocks = Object.entries(VARIABLES).map(([name, { example, text }]) => `${comment(text)}\n# ${name}=${example}`);
  return `${[comment(HEAD), ...blocks].join("\n\n")}\n`;
}
