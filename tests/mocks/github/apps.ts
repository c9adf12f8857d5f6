import { createHash, createVerify, generateKeyPairSync, randomBytes } from "node:crypto";
import type { Dataset, Repository } from "./model";

interface Manifest {
  name: string;
  redirect_url: string;
  setup_url?: string;
  default_permissions: Record<string, string>;
  hook_attributes?: { url: string };
}

interface App {
  id: number;
  slug: string;
  manifest: Manifest;
  publicKey: string;
  pem: string;
  webhookSecret: string | null;
}

interface Installation {
  id: number;
  appId: number;
  permissions: Record<string, string>;
  /** Names of repositories; null: all. */
  repositories: string[] | null;
  suspended: boolean;
}

/** One attempt to deliver something. */
export interface LoggedDelivery {
  id: number;
  guid: string;
  event: string;
  payload: unknown;
  delivered_at: string;
  redelivery: boolean;
  status_code: number;
}

/** Whoever the deliveries go to. @returns the status of the answer; 0 when nobody answered */
export type Receiver = (delivery: Pick<LoggedDelivery, "guid" | "event" | "payload">) => Promise<number>;

const HOUR_MS = 3_600_000;

/** The Apps of the test GitHub: made by a manifest, installed by hand, and asked with tokens that they sign for. */
export class AppDesk {
  private readonly apps = new Map<number, App>();
  private readonly codes = new Map<string, number>();
  readonly installations = new Map<number, Installation>();
  private readonly tokens = new Map<string, { installation: number; until: number }>();
  /** Tokens that were given out. */
  issued = 0;
  /** Attempts, oldest first. */
  readonly log: LoggedDelivery[] = [];
  receiver: Receiver = async () => 0;

  constructor(
    private readonly dataset: Dataset,
    private readonly now: () => Date,
  ) {}

  /** Makes an App of a manifest, as pressing the button at GitHub does. @returns where the browser goes */
  create(manifest: Manifest, state: string): string {
    const id = 9000 + this.apps.size;
    const { privateKey, publicKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs1", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    const slug = manifest.name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
    const webhookSecret = manifest.hook_attributes === undefined ? null : randomBytes(20).toString("hex");
    this.apps.set(id, { id, slug, manifest, publicKey, pem: privateKey, webhookSecret });
    const code = createHash("sha1").update(`${id} ${state}`).digest("hex");
    this.codes.set(code, id);
    return `${manifest.redirect_url}?code=${code}&state=${encodeURIComponent(state)}`;
  }

  /** What GitHub has for a code, once. */
  convert(code: string, webAddress: string): Record<string, unknown> | null {
    const app = this.apps.get(this.codes.get(code) ?? -1);
    this.codes.delete(code);
    if (app === undefined) return null;
    return {
      id: app.id,
      slug: app.slug,
      name: app.manifest.name,
      html_url: `${webAddress}/apps/${app.slug}`,
      pem: app.pem,
      webhook_secret: app.webhookSecret,
    };
  }

  /** Installs an App on the account. @returns where the browser goes */
  install(slug: string, repositories: string[] | null = null): string | null {
    const app = [...this.apps.values()].find((one) => one.slug === slug);
    if (app === undefined) return null;
    const id = 100 + this.installations.size;
    const permissions = app.manifest.default_permissions;
    this.installations.set(id, { id, appId: app.id, permissions, repositories, suspended: false });
    return `${app.manifest.setup_url}?installation_id=${id}&setup_action=install`;
  }

  /** The App that a token was signed by; null for none. */
  appOf(token: string): number | null {
    const [head = "", body = "", signature = ""] = token.split(".");
    const { exp, iss } = claimsOf(body);
    const app = this.apps.get(Number(iss));
    if (app === undefined || typeof exp !== "number" || exp * 1000 < Date.now()) return null;
    const isOurs = createVerify("RSA-SHA256").update(`${head}.${body}`).verify(app.publicKey, signature, "base64url");
    return isOurs ? app.id : null;
  }

  describe({ id, permissions, suspended }: Installation): Record<string, unknown> {
    const { id: nodeId, login } = this.dataset.organization;
    return {
      id,
      account: { login, node_id: nodeId, type: "Organization" },
      permissions,
      suspended_at: suspended ? this.now().toISOString() : null,
    };
  }

  ofApp(appId: number): Installation[] {
    return [...this.installations.values()].filter((one) => one.appId === appId);
  }

  issue({ id }: Installation): { token: string; expires_at: string } {
    this.issued += 1;
    const token = `ghs_${randomBytes(18).toString("hex")}`;
    const until = this.now().getTime() + HOUR_MS;
    this.tokens.set(token, { installation: id, until });
    return { token, expires_at: new Date(until).toISOString() };
  }

  /** The installation that a token is of, as long as it is good. */
  installationOf(token: string): Installation | null {
    const known = this.tokens.get(token);
    if (known === undefined || known.until < this.now().getTime()) return null;
    const found = this.installations.get(known.installation);
    return found === undefined || found.suspended ? null : found;
  }

  /** Delivers something once, as GitHub does, and keeps what came of it. */
  async deliver(guid: string, event: string, payload: unknown, redelivery = false): Promise<void> {
    const code = await this.receiver({ guid, event, payload });
    const at = this.now().toISOString();
    const id = 7_000_000 + this.log.length;
    this.log.push({ id, guid, event, payload, delivered_at: at, redelivery, status_code: code });
  }

  /** Takes every token back, as when the App's key is changed. */
  revokeTokens(): void {
    this.tokens.clear();
  }

  repositoriesOf({ repositories }: Installation): Repository[] {
    return this.dataset.repositories.filter(
      ({ gone, name }) => !gone && (repositories === null || repositories.includes(name)),
    );
  }
}

function claimsOf(body: string): { exp?: unknown; iss?: unknown } {
  try {
    return JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as { exp?: unknown; iss?: unknown };
  } catch {
    return {};
  }
}
