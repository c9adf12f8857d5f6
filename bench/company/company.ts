import { DOMAINS, type DomainKey } from "@/prisma/seed/domains";
import type { Person } from "@/prisma/seed/people";
import { randomStream } from "@/prisma/seed/random";
import { type CompanySize, spread } from "./size";

/** The invented company of the benchmark: nothing in it is real, addresses are in a reserved domain. */

export const OWNER = "meridian-works";
export const COMPANY_NAME = "Meridian Works (benchmark)";
/** Two years that end at a fixed instant, so that the same company comes out on every day. */
export const START = Date.UTC(2024, 6, 1);
export const END = Date.UTC(2026, 6, 1);
/** Raise it when the same size and seed give another company. */
export const COMPANY_VERSION = 1;

export interface CompanyTeam {
  slug: string;
  name: string;
  people: readonly Person[];
}

/** How many things happen in one repository. */
export type RepositoryCounts = Omit<CompanySize, "seed" | "teams" | "repositories" | "people" | "costs">;

export interface CompanyRepository {
  name: string;
  team: CompanyTeam;
  /** Owns some of the folders by CODEOWNERS; null where the whole repository is the team's. */
  guest: CompanyTeam | null;
  domain: DomainKey;
  merge: "squash" | "merge" | "rebase";
  counts: RepositoryCounts;
}

export interface Company {
  size: CompanySize;
  teams: readonly CompanyTeam[];
  repositories: readonly CompanyRepository[];
}

const GIVEN_NAMES =
  "Alba Bodil Cosmo Delphi Edda Fenna Gaspar Hedda Ilse Jorin Kalle Liora Milo Nerea Orla Pavel".split(" ");
const FAMILY_NAMES =
  "Aldervane Brockmoor Calderwick Dunmarsh Eastholm Fernley Grimsund Hollowell Inverlund Jarrowby Kestrelle Lowmarch".split(
    " ",
  );
const SECOND_NAMES = "north south east west hill dale ford wood lake stone field brook".split(" ");
const DOMAIN_KEYS = Object.keys(DOMAINS) as DomainKey[];
/** Account ids beyond any that exists. */
const FIRST_PERSON_ID = 991_000_001;

function invent(index: number): Person {
  const given = GIVEN_NAMES[index % GIVEN_NAMES.length] ?? "Ada";
  const family = FAMILY_NAMES[Math.floor(index / GIVEN_NAMES.length) % FAMILY_NAMES.length] ?? "Example";
  const login = `${given}-${family}-${index}`.toLowerCase();
  return {
    name: `${given} ${family}`,
    login,
    email: `${login}@meridian.example`,
    id: String(FIRST_PERSON_ID + index),
  };
}

function nameOf(index: number, words: readonly string[]): string {
  const word = words[index % words.length] ?? "team";
  const second = SECOND_NAMES[Math.floor(index / words.length) % SECOND_NAMES.length] ?? "";
  return `${word}-${second}-${index}`;
}

function hire(size: CompanySize): CompanyTeam[] {
  const random = randomStream(size.seed, "teams");
  const sizes = spread(
    size.people,
    Array.from({ length: size.teams }, () => random.between(0.5, 1.5)),
  );
  let hired = 0;
  return sizes.map((count, index) => {
    const first = hired;
    hired += count;
    const slug = nameOf(index, DOMAIN_KEYS);
    // Somebody has to write the pull requests of a team that was given nobody.
    const people = Array.from({ length: Math.max(1, count) }, (_, offset) => invent(first + offset));
    return { slug, name: slug.replaceAll("-", " "), people };
  });
}

/** The company of a size: teams, repositories and how much happens where. Same size and seed, same company. */
export function foundCompany(size: CompanySize): Company {
  const teams = hire(size);
  const random = randomStream(size.seed, "repositories");
  const weights = Array.from({ length: size.repositories }, () => Math.min(6, random.lognormal(1, 0.6)));
  const part = (total: number) => spread(total, weights);
  const parts = {
    pullRequests: part(size.pullRequests),
    closed: part(size.closed),
    reverts: part(size.reverts),
    reviews: part(size.reviews),
    ciRuns: part(size.ciRuns),
    deployments: part(size.deployments),
    rollbackDeployments: part(size.rollbackDeployments),
    incidents: part(size.incidents),
    defects: part(size.defects),
  };
  const teamAt = (index: number): CompanyTeam => {
    const team = teams[index % teams.length];
    if (team === undefined) throw new RangeError("a company without teams");
    return team;
  };
  const repositories = weights.map((_, index): CompanyRepository => {
    const domain = random.pick(DOMAIN_KEYS);
    return {
      name: nameOf(index, DOMAINS[domain].modules),
      team: teamAt(index),
      guest: random.chance(0.3) ? teamAt(index + 1) : null,
      domain,
      merge: random.weighted({ squash: 0.8, merge: 0.1, rebase: 0.1 }),
      counts: {
        pullRequests: parts.pullRequests[index] ?? 0,
        closed: parts.closed[index] ?? 0,
        reverts: parts.reverts[index] ?? 0,
        reviews: parts.reviews[index] ?? 0,
        ciRuns: parts.ciRuns[index] ?? 0,
        deployments: parts.deployments[index] ?? 0,
        rollbackDeployments: parts.rollbackDeployments[index] ?? 0,
        incidents: parts.incidents[index] ?? 0,
        defects: parts.defects[index] ?? 0,
      },
    };
  });
  return { size, teams, repositories };
}
