import { AppError } from "@/lib/core/errors";
import { getPrisma } from "@/lib/db/prisma-client";

export interface OrganizationRow {
  id: number;
  slug: string;
  name: string;
  timeZone: string;
  isSample: boolean;
}

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
  return getPrisma().organization.upsert({
    where: { slug: input.slug },
    update: {},
    create: {
      slug: input.slug,
      name: input.name ?? input.slug,
      timeZone: input.timeZone ?? "UTC",
      isSample: input.isSample ?? false,
    },
    select: { id: true, slug: true, name: true, timeZone: true, isSample: true },
  });
}
