import { createHash } from "node:crypto";

/** Deterministic 40-hex ids of one repository: the hash of its name, what is counted, and the count. */
export class DigestSequence {
  private count = 0;

  constructor(private readonly repository: string) {}

  /** The next id of this kind of thing; never repeats inside a repository. */
  next(kind: "commit" | "blob"): string {
    this.count += 1;
    return createHash("sha1").update(`${this.repository}:${kind}:${this.count}`).digest("hex");
  }
}
