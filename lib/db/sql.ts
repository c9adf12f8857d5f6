/** A piece of SQL with its parameters. Made by the `sql` tag alone, so a value can never become part of the text. */
export class Sql {
  /** `strings` surround `values`: always one more of them. */
  constructor(
    private readonly strings: readonly string[],
    private readonly parameters: readonly unknown[],
  ) {}

  /** The text with `$1`, `$2`… in place of the parameters. */
  get text(): string {
    return this.strings.reduce((text, part, index) => `${text}$${index}${part}`);
  }

  /** The parameters in order. */
  get values(): unknown[] {
    return [...this.parameters];
  }

  /** Puts the parts of several fragments into one; used by the tag. */
  static compose(strings: readonly string[], parts: readonly unknown[]): Sql {
    const texts: string[] = [strings[0] ?? ""];
    const values: unknown[] = [];
    const append = (text: string) => {
      texts[texts.length - 1] += text;
    };
    parts.forEach((part, index) => {
      if (part instanceof Sql) {
        append(part.strings[0] ?? "");
        part.parameters.forEach((value, inner) => {
          values.push(value);
          texts.push(part.strings[inner + 1] ?? "");
        });
        append(strings[index + 1] ?? "");
      } else {
        values.push(part);
        texts.push(strings[index + 1] ?? "");
      }
    });
    return new Sql(texts, values);
  }
}

/** Quotes a name as a PostgreSQL identifier. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function tag(strings: TemplateStringsArray, ...parts: readonly unknown[]): Sql {
  return Sql.compose(strings, parts);
}

/** Joins fragments or values with a separator; an empty list is an empty fragment. */
function join(parts: readonly unknown[], separator: ", " | " AND " | " OR " | "\n" | " " = ", "): Sql {
  if (parts.length === 0) return new Sql([""], []);
  const between = parts.slice(1).map(() => separator);
  return Sql.compose(["", ...between, ""], parts);
}

/** The fragment or identifier that a closed map holds under a key; a key outside the map is a defect, not input. */
function ident<Key extends string>(map: Readonly<Record<Key, string>>, key: Key): Sql {
  const name = Object.hasOwn(map, key) ? map[key] : undefined;
  if (name === undefined) throw new Error(`No identifier is known under "${key}"`);
  return new Sql([name.split(".").map(quoteIdentifier).join(".")], []);
}

/**
 * The only way to write SQL: `` sql`select … where id = ${id}` ``. Values become parameters, other fragments are
 * merged, names come from closed maps through `sql.ident(map, key)`; `sql.empty` is nothing.
 */
export const sql = Object.assign(tag, { join, ident, empty: new Sql([""], []) });
