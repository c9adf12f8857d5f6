import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { insertUser, sessionOf, testKey } from "@/tests/factories/accounts";

/** Who asks in a fuzz: an owner and a key that nothing takes away, and accounts whose ids are what is made up. */
export class FuzzAccounts {
  private constructor(
    private readonly owner: string,
    private readonly key: string,
  ) {}

  static async create(): Promise<FuzzAccounts> {
    const owner = await insertUser("owner", { id: "who-asks" });
    for (const id of ["1", "2"]) {
      await insertUser("viewer", { id });
      await sessionOf(owner, { id });
      await execute(
        sql`insert into api_key (id, name, prefix, digest, scopes) values (${id}, 'made up', 'fg_', ${Buffer.from(id)}, '{}')`,
      );
      await execute(
        sql`insert into invitation (id, purpose, email, role, team_ids, token_digest, expires_at)
          values (${id}, 'join', ${`${id}@example.org`}, 'viewer', '{}', ${Buffer.from(id)}, now() + interval '1 day')`,
      );
    }
    return new FuzzAccounts(owner, await testKey());
  }

  /** Headers with which a route lets the request in; a session of its own each time, since a request may end it. */
  async proofFor(isForPeople: boolean): Promise<Record<string, string>> {
    return isForPeople ? sessionOf(this.owner) : { authorization: `Bearer ${this.key}` };
  }
}

const FOR_PEOPLE = new Set(["signed-in", "users:manage", "keys:manage", "settings:manage"]);

/** Whether a route takes a session and no key. */
export function isForPeople(auth: string | undefined): boolean {
  return auth !== undefined && FOR_PEOPLE.has(auth);
}
