import { AppError } from "@/lib/core/errors";
import { getPrisma } from "@/lib/db/prisma-client";
import { execute } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";

export interface OrganizationRow {
  id: number;
  slug: string;
  name: string;
  timeZone: string;
  isSample: boolean;
}

const COLUMNS = { id: true, slug: true, name: true, timeZone: true, isSample: true } as const;

const SLUG = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/;

/**
 * The organisation of that slug, created when it is new. A slug is what GitHub calls the owner: letters, digits,
 * dots, dashes and underscores.
 * @throws {AppError} `bad_request` with the pointer of the offending field.
 */
export async function ensureOrganization(input: {
  slug: string;
  name?: string;
  timeZone?: string;
  isSample?: boolean;
}): Promise<OrganizationRow> {
  if (!SLUG.test(input.slug)) {
    throw new AppError({
      code: "bad_request",
      message: `"${input.slug}" cannot name an organisation: use letters, digits, dots, dashes and underscores.`,
      pointer: "/org",
    });
  }
  // GitHub's owners are the same in upper and lower case; two spellings must not count the same work twice.
  const known = await getPrisma().organization.findFirst({
    where: { slug: { equals: input.slug, mode: "insensitive" } },
    select: COLUMNS,
  });
  if (known !== null) return known;
  const created = {
    slug: input.slug,
    name: input.name ?? input.slug,
    timeZone: input.timeZone ?? "UTC",
    isSample: input.isSample ?? false,
  };
  // Another process may create it at the same moment, which an upsert without anything to update does not bear.
  await getPrisma().organization.createMany({ data: [created], skipDuplicates: true });
  return getPrisma().organization.findUniqueOrThrow({ where: { slug: input.slug }, select: COLUMNS });
}

/** Removes an organisation that holds nothing: what an import leaves that failed before it kept anything. */
export async function removeEmptyOrganization(id: number): Promise<void> {
  await execute(
    sql`delete from organization o where o.id = ${id} and not o.is_sample
      and not exists (select from repository r where r.org_id = o.id)
      and not exists (select from event e where e.org_id = o.id)`,
  );
}
