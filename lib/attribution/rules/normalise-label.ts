/** A label as the rules spell it: `AI assisted` is `ai-assisted`. */
export const normaliseLabel = (label: string): string =>
  label
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, "-");
