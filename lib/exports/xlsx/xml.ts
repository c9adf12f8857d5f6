/** What XML 1.0 cannot hold: control characters but tab and line ends, what is no character, and halves of pairs. */
const ILLEGAL = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]|\p{Cs}/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

/** Text as XML holds it, between tags or in an attribute. */
export function xmlText(text: string): string {
  return text.replace(ILLEGAL, "").replace(/[&<>"\r]/g, (mark) => ENTITIES[mark] as string);
}

/** The text of a cell: what programs would read as the code of a character (`_x000D_`) stays as it is. */
export const cellText = (text: string): string => xmlText(text.replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_"));

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
