import type { GraphqlError } from "./failure";

/** A question with parts that a server of one's own may be too old to answer; it is asked without them there. */
export interface Question {
  text: string;
  /** By the field that such a part begins with: the part as it stands in the text. */
  optional: Readonly<Record<string, string>>;
}

/** `Field 'x' doesn't exist on type 'Y'`, and `Field 'x' doesn't accept argument 'z'`. */
const UNKNOWN_FIELD = /^Field '(\w+)' doesn't (?:exist on type|accept argument)/;

/**
 * Which optional parts a server does not know.
 * @returns nothing where it refused the question for another reason as well
 */
export function unknownParts({ optional }: Question, errors: readonly GraphqlError[]): string[] {
  const names = errors.map(({ message }) => UNKNOWN_FIELD.exec(message)?.[1] ?? "");
  return names.every((name) => Object.hasOwn(optional, name)) ? names : [];
}

/** The text of a question without some of its parts. */
export function textWithout({ optional, text }: Question, names: ReadonlySet<string>): string {
  return Object.entries(optional).reduce(
    (left, [name, part]) => (names.has(name) ? left.replace(part, "") : left),
    text,
  );
}
