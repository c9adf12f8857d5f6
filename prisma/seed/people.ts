import type { Actor } from "@/lib/events/schema";
import { instantOf } from "./calendar";
import { type SampleRepository, TEAMS, type TeamSlug } from "./company";
import type { Random } from "./random";

/** An invented person: the address is in a reserved domain, the account id beyond any that exists. */
export interface Person {
  name: string;
  login: string;
  email: string;
  id: string;
}

// Some first names are traps that real histories hold: people called like agents.
const FIRST_NAMES =
  "Devin Ines Tomasz Claude Priya Marek Jules Aiko Bram Chiara Dmitri Esther Farid Greta Hugo Imani Jonas Kavya Lena Mateo Nadia Oskar Paula Quentin Rosa Samir Tuva Umar Vera Wiktor Ximena Yannick Zofia Anselm Beatriz Cato Dalia Emre".split(
    " ",
  );
const LAST_NAMES =
  "Okonjo Brandvik Zielarz Morellon Raghuvan Holubek Tanabashi Verhoeven Castellari Ustinova Lindqvar Abdelnour Hartwich Oyelarin Petrossian Kowalczuk Marchetto Silvanes Dupontel Grauman Eskelund Nakagiri Fairweath Bellacort Tervonen Quillard Amsterda Ravenhill Solberget Ibarrondo Wachtler".split(
    " ",
  );

function invent(index: number): Person {
  const first = FIRST_NAMES[index % FIRST_NAMES.length] ?? "Ada";
  const last = LAST_NAMES[(index * 7) % LAST_NAMES.length] ?? "Example";
  const login = `${first.slice(0, 1)}${last}`.toLowerCase();
  return { name: `${first} ${last}`, login, email: `${login}@northwind.example`, id: String(990_000_101 + index) };
}

function hire(): ReadonlyMap<TeamSlug, readonly Person[]> {
  const rosters = new Map<TeamSlug, readonly Person[]>();
  let hired = 0;
  for (const team of TEAMS) {
    const start = hired;
    rosters.set(
      team.slug,
      Array.from({ length: team.size }, (_, index) => invent(start + index)),
    );
    hired += team.size;
  }
  return rosters;
}

const ROSTERS = hire();
const STAFF = TEAMS.reduce((sum, { size }) => sum + size, 0);
/** They look after what nobody owns and are on no roster. */
const CONTRACTORS = Array.from({ length: 11 }, (_, index) => invent(STAFF + index));

/** Who works on a repository at an instant: its team, the one that it has moved to, or people from outside. */
export function crewOf({ movesTo, team, unowned }: SampleRepository, at: number): readonly Person[] {
  if (unowned) return CONTRACTORS;
  return rosterOf(movesTo !== null && at >= instantOf(movesTo.day, 0) ? movesTo.team : team);
}

/** The people of a team, in a fixed order; the first ones write and review more than the last. */
export function rosterOf(team: TeamSlug): readonly Person[] {
  return ROSTERS.get(team) ?? [];
}

export function personActor(person: Person): Actor {
  return { type: "user", id: person.id, login: person.login, name: person.name, email: person.email };
}

/** A team member; the first of a roster write the most. */
export function drawPerson(people: readonly Person[], random: Random): Person {
  const index = Math.floor(people.length * random.next() ** 1.5);
  const person = people[index] ?? people[0];
  if (person === undefined) throw new RangeError("a team without people");
  return person;
}
