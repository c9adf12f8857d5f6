const literal = (text: string): string => text.replace(/[.+^${}()|[\]\\?]/g, "\\$&");

/** A pattern of CODEOWNERS as a regular expression over whole paths. `?` and `*` stay within a segment, `**` crosses. */
export function compilePathPattern(pattern: string): RegExp {
  const anchored = pattern.replace(/\/$/, "").includes("/");
  // Several `**/` in a row say no more than one, and would make the expression slow.
  const body = pattern
    .replace(/^\//, "")
    .replace(/\/$/, "")
    .replace(/(?:\*\*\/){2,}/g, "**/");
  const source = body
    .split(/(\/\*\*\/|\*\*\/|\/\*\*|\*\*|\*|\?)/)
    .map((part) => {
      if (part === "/**/") return "/(?:.*/)?";
      if (part === "**/") return "(?:.*/)?";
      if (part === "/**") return "/.+";
      if (part === "**") return ".*";
      if (part === "*") return "[^/]*";
      return part === "?" ? "[^/]" : literal(part);
    })
    .join("");
  // `docs/` is everything below; `docs/*` only what lies directly in it; anything else a file or a whole folder.
  const end = pattern.endsWith("/") ? "/.+" : /\/\*$/.test(pattern) ? "" : "(?:/.*)?";
  return new RegExp(`^${anchored ? "" : "(?:.*/)?"}${source}${end}$`, "s");
}
