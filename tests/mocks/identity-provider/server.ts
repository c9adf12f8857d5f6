import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from "jose";

export const CLIENT_ID = "fleetgauge";
export const CLIENT_SECRET = "a client secret that was planted";
const KEY_ID = "key-1";

type Claims = Record<string, unknown>;
interface Grant {
  claims: Claims;
  nonce: string;
  challenge: string;
  redirectUri: string;
}
type Key = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"] | Uint8Array;

/** What a provider that is broken or hostile does differently; each part is left out by an honest one. */
export interface Mutation {
  /** Of the discovery document. */
  metadata?: (metadata: Claims) => Claims;
  /** Of the ID token, before it is signed. */
  claims?: (claims: Claims) => Claims;
  /** Of the signed token. */
  token?: (token: string) => string;
  header?: Partial<JWTHeaderParameters>;
  key?: Key;
  /** Of the answer of the token endpoint. */
  answer?: (answer: Claims) => Claims;
  /** Of the keys that are published. */
  keys?: (keys: object[]) => object[];
  userinfo?: (claims: Claims) => Claims;
}

/** An OpenID provider with real keys, on this machine. Nobody is asked anything: `person` is who sits before it. */
export class TestIdentityProvider {
  readonly issuer: string;
  mutation: Mutation = {};
  /** Who agrees when a browser comes. */
  person: Claims = {};
  /** Requests for tokens, as they were authenticated. */
  readonly authenticated: string[] = [];
  private readonly grants = new Map<string, Grant>();

  private constructor(
    private readonly server: Server,
    private readonly keys: Awaited<ReturnType<typeof generateKeyPair>>,
    private readonly publicKey: Claims,
  ) {
    const { port } = server.address() as AddressInfo;
    this.issuer = `http://127.0.0.1:${port}`;
    server.on("request", (request, response) => {
      this.answer(request, response).catch(() => response.writeHead(500).end());
    });
  }

  static async start(): Promise<TestIdentityProvider> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const keys = await generateKeyPair("RS256", { extractable: true });
    return new TestIdentityProvider(server, keys, { ...(await exportJWK(keys.publicKey)) });
  }

  /** The public key as text, for whoever would take it for a shared secret. */
  get publicKeyText(): string {
    return JSON.stringify(this.publicKey);
  }

  /** A person agrees at the provider. @returns the query string that the browser is sent back with */
  authorize(url: string, claims: Claims): string {
    const asked = new URL(url).searchParams;
    const code = randomUUID();
    this.grants.set(code, {
      claims,
      nonce: asked.get("nonce") ?? "",
      challenge: asked.get("code_challenge") ?? "",
      redirectUri: asked.get("redirect_uri") ?? "",
    });
    return new URLSearchParams({ code, state: asked.get("state") ?? "", iss: this.issuer }).toString();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (request.url?.startsWith("/authorize?") === true) {
      const url = new URL(request.url, this.issuer);
      const location = `${url.searchParams.get("redirect_uri")}?${this.authorize(url.href, this.person)}`;
      return void response.writeHead(302, { location }).end();
    }
    switch (request.url) {
      case "/.well-known/openid-configuration":
        return void send(200, this.mutation.metadata?.(this.metadata()) ?? this.metadata());
      case "/keys": {
        const keys = [{ ...this.publicKey, kid: KEY_ID, alg: "RS256", use: "sig" }];
        return void send(200, { keys: this.mutation.keys?.(keys) ?? keys });
      }
      case "/token":
        return this.token(request, send);
      case "/userinfo": {
        const code = request.headers.authorization?.replace("Bearer token-of-", "") ?? "";
        const claims = this.grants.get(code)?.claims ?? {};
        return void send(200, this.mutation.userinfo?.(claims) ?? claims);
      }
      default:
        return void send(404, {});
    }
  }

  private metadata(): Claims {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      userinfo_endpoint: `${this.issuer}/userinfo`,
      jwks_uri: `${this.issuer}/keys`,
      response_types_supported: ["code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      authorization_response_iss_parameter_supported: true,
    };
  }

  private async token(request: IncomingMessage, send: (status: number, body: unknown) => unknown): Promise<void> {
    let text = "";
    for await (const chunk of request) text += chunk;
    const form = new URLSearchParams(text);
    const code = form.get("code") ?? "";
    const grant = this.grants.get(code);
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    this.authenticated.push(request.headers.authorization ?? "");
    const expected = `Basic ${Buffer.from(`${CLIENT_ID}:${new URLSearchParams({ s: CLIENT_SECRET }).toString().slice(2)}`).toString("base64")}`;
    if (
      grant === undefined ||
      request.headers.authorization !== expected ||
      challenge !== grant.challenge ||
      form.get("redirect_uri") !== grant.redirectUri
    ) {
      send(400, { error: "invalid_grant", error_description: "The code is not good." });
      return;
    }
    const idToken = await this.idToken(grant);
    const answer: Claims = {
      access_token: `token-of-${code}`,
      token_type: "Bearer",
      expires_in: 300,
      id_token: this.mutation.token?.(idToken) ?? idToken,
    };
    send(200, this.mutation.answer?.(answer) ?? answer);
  }

  private async idToken({ claims: own, nonce }: Grant): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: this.issuer, aud: CLIENT_ID, iat: now, exp: now + 300, nonce, ...own };
    return new SignJWT(this.mutation.claims?.(claims) ?? claims)
      .setProtectedHeader({ alg: "RS256", kid: KEY_ID, ...this.mutation.header })
      .sign(this.mutation.key ?? this.keys.privateKey);
  }
}
