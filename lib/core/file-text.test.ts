import { expect, it } from "vitest";
import { fileText } from "./file-text";

const TEXT = "Datum;Kosten\n31.10.2026;1.200,50 € für Größe";

it.each([
  ["UTF-8", Buffer.from(TEXT, "utf8")],
  ["UTF-8 with its mark", Buffer.from(`\ufeff${TEXT}`, "utf8")],
  ["UTF-16, as “Unicode text” is saved", Buffer.from(`\ufeff${TEXT}`, "utf16le")],
  ["UTF-16 in the other order", Buffer.from(`\ufeff${TEXT}`, "utf16le").swap16()],
])("reads %s", (_name, bytes) => {
  expect(fileText(bytes)).toBe(TEXT);
});

// The sign of the euro is left to the browser test: this decoder of Node 20 knows Latin-1 alone.
it("reads what is not UTF-8 as spreadsheet programs save it", () => {
  const text = TEXT.replace("€", "EUR");
  expect(fileText(Buffer.from(text, "latin1"))).toBe(text);
});

it("reads what is no text at all", () => {
  expect(fileText(new Uint8Array())).toBe("");
  expect(fileText(Uint8Array.from([0xff, 0x00, 0x81]))).toHaveLength(3);
});
