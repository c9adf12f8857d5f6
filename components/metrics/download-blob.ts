/** The name of a file that says what is in it. */
export const fileName = (title: string, extension: string): string =>
  `${title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")}.${extension}`;

/** Hands something that the page made to the reader as a file. */
export function downloadBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by then, and it need not stay in memory.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
