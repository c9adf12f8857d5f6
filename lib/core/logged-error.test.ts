import { expect, it } from "vitest";
import { loggedError } from "./logged-error";

it("keeps what an error says and leaves out what a library hung on it", () => {
  const error = Object.assign(new Error("terminated", { cause: new Error("the socket closed") }), {
    code: "57P01",
    client: { secretKey: 12345, password: "open sesame" },
  });
  const logged = loggedError(error);
  expect(logged).toMatchObject({ type: "Error", code: "57P01" });
  expect(JSON.stringify(logged)).toContain("the socket closed");
  expect(JSON.stringify(logged)).not.toMatch(/secretKey|open sesame/);
  expect(loggedError("a text that was thrown")).toBe("a text that was thrown");
});
