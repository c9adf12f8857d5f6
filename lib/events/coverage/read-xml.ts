import { SaxesParser } from "saxes";
import { AppError } from "@/lib/core/errors";
import type { LineHits } from "./types";

/** Where in an XML report lines stand. */
class XmlLines {
  readonly files = new Map<string, Map<number, number>>();
  private lines: Map<number, number> | null = null;
  /** Inside of a Cobertura class's methods, whose lines are there again below. */
  private inMethods = false;
  private packageName = "";
  root: string | null = null;

  private open(path: string): void {
    this.lines = this.files.get(path) ?? new Map();
    this.files.set(path, this.lines);
  }

  private add(line: number, hits: number): void {
    if (this.lines === null || this.inMethods || !Number.isSafeInteger(line) || line < 1) return;
    this.lines.set(line, (this.lines.get(line) ?? 0) + (Number.isFinite(hits) ? Math.max(0, hits) : 0));
  }

  start(name: string, attribute: (name: string) => string): void {
    this.root ??= name;
    if (this.root === "report") this.startJacoco(name, attribute);
    else this.startCobertura(name, attribute);
  }

  /** `<class filename="src/a.ts"><lines><line number="1" hits="0"/>`; lines of methods are there again in the class. */
  private startCobertura(name: string, attribute: (name: string) => string): void {
    if (name === "class") this.open(attribute("filename"));
    else if (name === "methods") this.inMethods = true;
    else if (name === "line") this.add(Number(attribute("number")), Number(attribute("hits")));
  }

  /** `<package name="com/acme"><sourcefile name="A.java"><line nr="1" mi="0" ci="3"/>`; `ci` are covered instructions. */
  private startJacoco(name: string, attribute: (name: string) => string): void {
    if (name === "package") this.packageName = attribute("name");
    else if (name === "sourcefile") {
      this.open([this.packageName, attribute("name")].filter((part) => part !== "").join("/"));
    } else if (name === "line") this.add(Number(attribute("nr")), Number(attribute("ci")));
  }

  end(name: string): void {
    if (name === "methods") this.inMethods = false;
    if (name === "class" || name === "sourcefile") this.lines = null;
  }
}

/**
 * Reads a Cobertura (`<coverage>`) or a JaCoCo (`<report>`) report. Entities are not resolved and nothing is fetched.
 * @throws {AppError} `unprocessable` where it is no such XML
 */
export function readXmlReport(text: string, pointer: string): LineHits {
  const found = new XmlLines();
  const parser = new SaxesParser();
  const refuse = (message: string) => new AppError({ code: "unprocessable", message, pointer });
  parser.on("error", (error) => {
    throw refuse(`This report is no well-formed XML: ${error.message}`);
  });
  parser.on("opentag", ({ attributes, name }) => found.start(name, (key) => attributes[key] ?? ""));
  parser.on("closetag", ({ name }) => found.end(name));
  parser.write(text).close();
  if (found.root !== "coverage" && found.root !== "report") {
    throw refuse(`This report is neither Cobertura nor JaCoCo: it begins with <${found.root ?? ""}>.`);
  }
  return found.files;
}
