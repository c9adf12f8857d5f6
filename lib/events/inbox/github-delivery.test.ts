import { describe, expect, it } from "vitest";
import { githubDelivery } from "./github-delivery";
import { isSignedBy, readSignature } from "./github-signature";

const headers = (more: Record<string, string> = {}): Headers =>
  new Headers({
    "X-GitHub-Event": "pull_request",
    "X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
    ...more,
  });
const actionOf = (body: string): string | null => githubDelivery(headers(), Buffer.from(body)).action;

describe("githubDelivery", () => {
  it("keeps the headers that say something and no others", () => {
    const { body: _, ...delivery } = githubDelivery(
      headers({ "User-Agent": "GitHub-Hookshot/1", "X-GitHub-Hook-ID": "42", Cookie: "a=b", Authorization: "x" }),
      Buffer.from("{}"),
    );
    expect(delivery).toEqual({
      source: "github",
      deliveryId: "72d3162e-cc78-11e3-81ab-4c9367dc0958",
      event: "pull_request",
      action: null,
      headers: {
        "user-agent": "GitHub-Hookshot/1",
        "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        "x-github-event": "pull_request",
        "x-github-hook-id": "42",
      },
    });
  });

  it("reads the action wherever it stands", () => {
    expect(actionOf('{"action":"opened","number":1}')).toBe("opened");
    expect(actionOf('{"ref":"refs/heads/main","action":"ready_for_review"}')).toBe("ready_for_review");
    expect(actionOf('{"action":{"a":1}}')).toBeNull();
    expect(actionOf('{"action":"Anything\\n else"}')).toBeNull();
    expect(actionOf("{}")).toBeNull();
  });

  it.each([
    ["payload=%7B%7D", "not JSON"],
    ["", "not JSON"],
    ['{"a":', "not JSON"],
    ["[]", "not a JSON object"],
    ["null", "not a JSON object"],
    [Buffer.from([0x22, 0xff, 0x22]), "not UTF-8"],
  ])("refuses a body that GitHub never sends: %j", (body, why) => {
    expect(() => githubDelivery(headers(), Buffer.from(body))).toThrow(why);
  });

  it.each(["X-GitHub-Event", "X-GitHub-Delivery"])("refuses a request without %s", (name) => {
    for (const value of ["", "a b", "x".repeat(201)]) {
      expect(() => githubDelivery(headers({ [name]: value }), Buffer.from("{}"))).toThrow(name);
    }
  });
});

describe("the signature", () => {
  // The example of GitHub's documentation.
  const secret = "It's a Secret to Everybody";
  const body = Buffer.from("Hello, World!");
  const header = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  it("is the HMAC-SHA-256 of the bytes with one of the secrets", () => {
    const signature = readSignature(header);
    if (signature === null) throw new Error("the header was not read");
    expect(isSignedBy([secret], body, signature)).toBe(true);
    expect(isSignedBy(["another", secret], body, signature)).toBe(true);
    expect(isSignedBy(["another"], body, signature)).toBe(false);
    expect(isSignedBy([], body, signature)).toBe(false);
    expect(isSignedBy([secret], Buffer.from("Hello, World! "), signature)).toBe(false);
  });

  it.each([null, "", "sha1=7571", header.slice(0, -1), `${header}0`, header.replace("sha256", "sha1")])(
    "is not read from %j",
    (value) => {
      expect(readSignature(value)).toBeNull();
    },
  );
});
