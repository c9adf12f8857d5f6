import { describe, expect, it } from "vitest";
import { isSealedWith, openSealed, seal, sealingKey } from "./seal";

const first = sealingKey("a secret of an installation, long enough");
const second = sealingKey("another secret of the installation, later");
const place = { table: "github_connection", column: "token", row: "https://api.github.com#O_1" };

describe("a sealed secret", () => {
  it("opens with its key at its place", () => {
    for (const text of ["", "ghp_abc", "-----BEGIN RSA PRIVATE KEY-----\nä\n".repeat(100)]) {
      const sealed = seal(text, place, first);
      expect(openSealed(sealed, place, [second, first])).toBe(text);
      expect(sealed.includes(Buffer.from("ghp_abc"))).toBe(false);
    }
  });

  it("is other bytes every time", () => {
    expect(seal("token", place, first)).not.toEqual(seal("token", place, first));
  });

  it("opens nowhere else", () => {
    const sealed = seal("token", place, first);
    for (const other of [
      { table: "github_app" },
      { column: "webhook_secret" },
      { row: "https://api.github.com#O_2" },
    ]) {
      expect(openSealed(sealed, { ...place, ...other }, [first])).toBeNull();
    }
  });

  it("does not open without its key, and says which key it needs", () => {
    const sealed = seal("token", place, first);
    expect(openSealed(sealed, place, [second])).toBeNull();
    expect(openSealed(sealed, place, [])).toBeNull();
    expect([isSealedWith(sealed, first), isSealedWith(sealed, second)]).toEqual([true, false]);
  });

  it("does not open when any one bit of it was changed, or when it was cut", () => {
    const sealed = seal("token", place, first);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(openSealed(changed, place, [first]), `bit ${bit}`).toBeNull();
    }
    for (let length = 0; length < sealed.length; length += 1) {
      expect(openSealed(sealed.subarray(0, length), place, [first])).toBeNull();
    }
  });

  it("has the same key for the same secret and no other", () => {
    expect(sealingKey("a secret of an installation, long enough")).toEqual(first);
    expect(first.id).not.toEqual(second.id);
  });
});
