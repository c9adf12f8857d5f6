/**
 * A cursor is a place in one list. It stands in the address together with the mark of its list, so that after any
 * change of filters, search or order the list begins at its start again instead of at a place of another list.
 */
export function sealCursor(cursor: string, list: object): string {
  return `${markOf(list)}.${cursor}`;
}

/** The cursor inside, or null when it belongs to another list. */
export function openCursor(text: string | null, list: object): string | null {
  const mark = `${markOf(list)}.`;
  return text?.startsWith(mark) ? text.slice(mark.length) : null;
}

/** FNV-1a of the list's description; telling lists of one reader apart needs no more. */
function markOf(list: object): string {
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify(list)) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
