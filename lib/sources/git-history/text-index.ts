import { createHash } from "node:crypto";
import { ShaIndex } from "./sha-index";

/** Numbers texts 0, 1, 2 … in order of arrival, keeping 20 bytes of each: enough to tell them apart. */
export class TextIndex {
  readonly #index = new ShaIndex(20);

  /** The number of a text, new or known. */
  add(text: string): number {
    return this.#index.add(digest(text));
  }

  /** The number of a text, or -1. */
  find(text: string): number {
    return this.#index.find(digest(text));
  }
}

const digest = (text: string): string => createHash("sha1").update(text).digest("hex");
