import { hash, verify } from "@node-rs/argon2";
import { AppError } from "@/lib/core/errors";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "./password-length";
import { Semaphore } from "./semaphore";

/** OWASP's floor for Argon2id (2 by the library's numbers): 19 MiB, two passes, one lane. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** More at once would let a crowd at the sign-in page take the memory of the process. */
const AT_ONCE = new Semaphore(2);

/** The hash that is stored, with its parameters and salt. */
export function hashPassword(password: string): Promise<string> {
  return AT_ONCE.run(() => hash(password, ARGON2ID));
}

/** Whether a password is the one that was hashed. */
export function verifyPassword(stored: string, password: string): Promise<boolean> {
  return AT_ONCE.run(() => verify(stored, password));
}

function refused(message: string): AppError {
  return new AppError({ code: "unprocessable", message, pointer: "/password" });
}

/** What a password is when the figures and signs around it are left out: `Summer2024!` is `summer`. */
function wordIn(password: string): string {
  return password.toLowerCase().replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
}

/** Whether a text is made of one short piece again and again. */
function isRepetition(text: string): boolean {
  return /^(.{1,4})\1+$/su.test(text);
}

/** The letters and figures of a text that are not those of known words. */
function restWithout(text: string, known: readonly string[]): string {
  const words = known.flatMap((each) => each.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter(({ length }) => length > 2);
  const rest = words.reduce((left, word) => left.replaceAll(word, ""), text);
  return rest.replaceAll(/[^\p{L}\p{N}]|\d+$/gu, "");
}

let common: Promise<ReadonlySet<string>> | null = null;

async function commonPasswords(): Promise<ReadonlySet<string>> {
  common ??= import("@zxcvbn-ts/language-common").then(({ dictionary }) => new Set(dictionary["passwords-common"]));
  return common;
}

/**
 * Refuses a password that others would guess. Only length counts, not what kinds of signs it has: those rules make
 * people choose `Password1!`.
 * @param about words that are known of the person, such as the name and the address
 * @throws {AppError} `unprocessable` at `/password`, with the reason
 */
export async function assertPassword(password: string, about: readonly string[]): Promise<void> {
  if ([...password].length < SHORTEST_PASSWORD) {
    throw refused(`The password needs at least ${SHORTEST_PASSWORD} characters: a few words in a row are a good one.`);
  }
  if (password.length > LONGEST_PASSWORD) throw refused(`The password has more than ${LONGEST_PASSWORD} characters.`);
  const lower = password.toLowerCase();
  const word = wordIn(password);
  const known = await commonPasswords();
  if (known.has(lower) || known.has(word) || word === "" || isRepetition(lower)) {
    throw refused("The password is one of those that are tried first. Choose another one.");
  }
  if (restWithout(lower, [...about, "fleetgauge"]).length < 4) {
    throw refused("The password is little more than your name, your address or the name of this product.");
  }
}
