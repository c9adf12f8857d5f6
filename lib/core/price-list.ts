/** Prices of a model per million tokens, as a list has them; decimal text. */
export interface ListedPrice {
  input: string;
  output: string;
  cacheRead: string | null;
  cacheWrite: string | null;
}

const textOf = (value: unknown): string | null => {
  if (typeof value === "string") return /^\d{1,9}(?:\.\d{1,10})?$/.test(value) ? value : null;
  // What a number says in decimals, also where it would say it with an exponent.
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) return null;
  return value.toFixed(10).replace(/\.?0+$/, "");
};

const priceOf = (value: unknown): ListedPrice | null => {
  if (typeof value !== "object" || value === null) return null;
  const { cache_read, cache_write, cost, input, output } = value as Record<string, unknown>;
  // models.dev keeps prices of a model under `cost`.
  if (typeof cost === "object" && cost !== null) return priceOf({ ...cost, cost: null });
  const [into, out] = [textOf(input), textOf(output)];
  return into === null || out === null
    ? null
    : { input: into, output: out, cacheRead: textOf(cache_read), cacheWrite: textOf(cache_write) };
};

/**
 * Prices by model, in small letters, from a list such as models.dev gives: models by name with `input`, `output`, `cache_read` and
 * `cache_write` in dollars per million tokens, or providers with such models. Of a model that several providers sell for other
 * prices there is none: whose it is cannot be known.
 * @returns null where the text is no such list
 */
export function readPriceList(text: string): ReadonlyMap<string, ListedPrice> | null {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof list !== "object" || list === null || Array.isArray(list)) return null;
  const found = new Map<string, ListedPrice | null>();
  const add = (model: string, price: ListedPrice) => {
    const key = model.toLowerCase();
    const known = found.get(key);
    const isSame = known === undefined || JSON.stringify(known) === JSON.stringify(price);
    found.set(key, isSame ? price : null);
  };
  for (const [name, value] of Object.entries(list)) {
    const price = priceOf(value);
    if (price !== null) add(name, price);
    const { models } = (value ?? {}) as { models?: unknown };
    if (typeof models !== "object" || models === null) continue;
    for (const [model, each] of Object.entries(models)) {
      const own = priceOf(each);
      if (own !== null) add(model, own);
    }
  }
  const prices = new Map([...found].flatMap(([model, price]) => (price === null ? [] : [[model, price] as const])));
  return prices.size === 0 ? null : prices;
}
