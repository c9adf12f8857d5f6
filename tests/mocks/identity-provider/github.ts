import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { CLIENT_ID, CLIENT_SECRET } from "./server";

/** Somebody with an account at a GitHub. */
export interface GitHubPerson {
  id: number;
  login: string;
  name?: string | null;
  /** Null: the token may not read addresses. */
  email?: string | null;
  /** By organisation; `pending` was invited and did not accept. Null: the token may not ask. */
  memberships?: Record<string, "active" | "pending"> | null;
  /** As `organisation/team`. */
  teams?: string[];
}

interface Grant {
  person: GitHubPerson;
  challenge: string;
  redirectUri: string;
}

/** The part of a GitHub that signs people in, as github.com answers (REST 2022-11-28). */
export class TestGitHubSignIn {
  readonly issuer: string;
  private readonly grants = new Map<string, Grant>();
  private readonly tokens = new Map<string, GitHubPerson>();

  private constructor(private readonly server: Server) {
    this.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on("request", (request, response) => {
      this.answer(request, response).catch(() => response.writeHead(500).end());
    });
  }

  static async start(): Promise<TestGitHubSignIn> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new TestGitHubSignIn(server);
  }

  /** A person agrees. @returns the query string that the browser is sent back with */
  authorize(url: string, person: GitHubPerson): string {
    const asked = new URL(url).searchParams;
    const code = randomUUID();
    this.grants.set(code, {
      person,
      challenge: asked.get("code_challenge") ?? "",
      redirectUri: asked.get("redirect_uri") ?? "",
    });
    return new URLSearchParams({ code, state: asked.get("state") ?? "" }).toString();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, body: unknown) =>
      void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const url = new URL(request.url ?? "/", this.issuer);
    if (url.pathname === "/api/v3/meta") return send(200, { verifiable_password_authentication: true });
    if (url.pathname === "/login/oauth/access_token") return this.exchange(request, send);
    const person = this.tokens.get(request.headers.authorization?.replace("Bearer ", "") ?? "");
    if (person === undefined) return send(401, { message: "Bad credentials" });
    const page = <Item>(items: Item[]) => {
      const size = Number(url.searchParams.get("per_page") ?? 30);
      const start = (Number(url.searchParams.get("page") ?? 1) - 1) * size;
      return send(200, items.slice(start, start + size));
    };
    switch (url.pathname) {
      case "/api/v3/user":
        return send(200, { id: person.id, login: person.login, name: person.name ?? null });
      case "/api/v3/user/emails":
        if (person.email === null || person.email === undefined) return send(403, { message: "Not accessible" });
        return page([
          { email: "old@example.org", primary: false, verified: true },
          { email: person.email, primary: true, verified: true },
        ]);
      case "/api/v3/user/memberships/orgs":
        if (person.memberships === null) return send(403, { message: "Not accessible" });
        return page(
          Object.entries(person.memberships ?? {}).map(([login, state]) => ({ state, organization: { login } })),
        );
      case "/api/v3/user/teams":
        return page(
          (person.teams ?? []).map((team) => {
            const [login, slug] = team.split("/");
            return { slug, organization: { login } };
          }),
        );
      default:
        return send(404, { message: "Not Found" });
    }
  }

  /** GitHub says with status 200 that a code is not good. */
  private async exchange(request: IncomingMessage, send: (status: number, body: unknown) => void): Promise<void> {
    let text = "";
    for await (const chunk of request) text += chunk;
    const form = JSON.parse(text) as Record<string, string>;
    const grant = this.grants.get(form.code ?? "");
    this.grants.delete(form.code ?? "");
    const challenge = createHash("sha256")
      .update(form.code_verifier ?? "")
      .digest("base64url");
    if (form.client_id !== CLIENT_ID || form.client_secret !== CLIENT_SECRET) {
      return send(200, { error: "incorrect_client_credentials", error_description: "The client is not right." });
    }
    if (grant === undefined || grant.challenge !== challenge || grant.redirectUri !== form.redirect_uri) {
      return send(200, { error: "bad_verification_code", error_description: "The code is not good." });
    }
    const token = `ghu_${randomUUID().replaceAll("-", "")}`;
    this.tokens.set(token, grant.person);
    return send(200, { access_token: token, token_type: "bearer", scope: "" });
  }
}
