import { describe, expect, it } from "vitest";
import { decimalMarkOf, readAmount } from "./read-amount";

const read = (text: string, mark: "." | "," = ".") => readAmount(text, mark)?.toFixed() ?? null;

describe("readAmount", () => {
  it("reads what bills write", () => {
    const texts = [
      "12",
      "12.5",
      ".5",
      "1,234.50",
      "1,234,567",
      "-3.10",
      "(12.30)",
      "$5",
      "5 €",
      "USD 1 234.5",
      "($1.00)",
      "9e-05",
    ];
    expect(texts.map((text) => read(text))).toEqual([
      "12",
      "12.5",
      "0.5",
      "1234.5",
      "1234567",
      "-3.1",
      "-12.3",
      "5",
      "5",
      "1234.5",
      "-1",
      "0.00009",
    ]);
    expect(["1.234,50", "0,036000000000000004", "1 234,5", "12"].map((text) => read(text, ","))).toEqual([
      "1234.5",
      "0.036000000000000004",
      "1234.5",
      "12",
    ]);
  });

  it("reads nothing that is no amount, or one of the other sign", () => {
    for (const text of [
      "",
      "-",
      "free",
      "=1+2",
      "1.2.3",
      "1,23",
      "12,34.5",
      "0x10",
      "1e999",
      "NaN",
      "Infinity",
      "--1",
      "1.234,50",
    ])
      expect([text, read(text)]).toEqual([text, null]);
  });
});

describe("decimalMarkOf", () => {
  it("is what any amount says, and open where none does", () => {
    expect(decimalMarkOf(["5", "1,234.50"])).toBe(".");
    expect(decimalMarkOf(["1,234", "12,5"])).toBe(",");
    expect(decimalMarkOf(["1,234", "1,234,567"])).toBe(".");
    expect(decimalMarkOf(["1.234.567"])).toBe(",");
    expect(decimalMarkOf(["0,036"])).toBe(",");
    expect(decimalMarkOf(["5", "1,234"])).toBeNull();
    expect(decimalMarkOf(["5", "1.234"])).toBe(".");
    expect(decimalMarkOf([])).toBe(".");
  });
});
