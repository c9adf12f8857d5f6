import { describe, expect, it } from "vitest";
import { replicaSentence } from "./replica-lag";

describe("replicaSentence", () => {
  it.each([
    [null, null],
    [{ lagSeconds: 0 }, null],
    [{ lagSeconds: 10 }, null],
    [{ lagSeconds: 40.3 }, "Read from a replica that is 40 s behind."],
    [{ lagSeconds: 600 }, "Read from a replica that is 10 min behind."],
    [{ lagSeconds: 90_000 }, "Read from a replica that is 25 h behind."],
    [{ lagSeconds: null }, "Read from a replica that cannot tell how far it is behind."],
  ])("says of %o: %s", (replica, sentence) => {
    expect(replicaSentence(replica)).toBe(sentence);
  });
});
