import { afterEach, beforeEach, expect, vi } from "vitest";

const LEVELS = ["error", "warn"] as const;

/** Noise is failure: a test that expects a message spies on the console itself and restores it. */
beforeEach(() => {
  for (const level of LEVELS) vi.spyOn(console, level).mockImplementation(() => undefined);
});

afterEach(() => {
  for (const level of LEVELS) {
    const spy = vi.mocked(console[level]);
    if (vi.isMockFunction(spy)) expect(spy.mock.calls, `unexpected console.${level}`).toEqual([]);
  }
});
