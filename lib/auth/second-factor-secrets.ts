import { symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { getAccounts } from "./accounts";

/** Texts of the library begin with the number of the secret that they were encrypted with. */
const versionOf = (text: string): string => /^\$ba\$(\d+)\$/.exec(text)?.[1] ?? "";

/**
 * Encrypts the secrets of second factors with the secret of now, one user at a time.
 * @returns how many were encrypted anew, how many were already, and places of those that no secret opens
 */
export async function rotateSecondFactors(): Promise<{ resealed: number; current: number; lost: string[] }> {
  const { secretConfig } = await getAccounts().$context;
  const current = typeof secretConfig === "string" ? "" : String(secretConfig.currentVersion);
  const rows = await query<{ id: string; secret: string; backup_codes: string }>(
    sql`select id, secret, backup_codes from user_two_factor order by id`,
  );
  const rotation = { resealed: 0, current: 0, lost: [] as string[] };
  for (const { backup_codes: codes, id, secret } of rows) {
    if (versionOf(secret) === current && versionOf(codes) === current) {
      rotation.current += 1;
      continue;
    }
    try {
      const anew = async (data: string) =>
        symmetricEncrypt({ key: secretConfig, data: await symmetricDecrypt({ key: secretConfig, data }) });
      const [nextSecret, nextCodes] = [await anew(secret), await anew(codes)];
      rotation.resealed += await execute(
        sql`update user_two_factor set secret = ${nextSecret}, backup_codes = ${nextCodes}
          where id = ${id} and secret = ${secret} and backup_codes = ${codes}`,
      );
    } catch {
      rotation.lost.push(`user_two_factor.secret of ${id}`);
    }
  }
  return rotation;
}
