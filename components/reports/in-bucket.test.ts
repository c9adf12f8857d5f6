import { describe, expect, it } from "vitest";
import { inBucket } from "./use-behind";

const period = {
  from: "2026-03-04T05:00:00.000Z",
  to: "2026-04-15T12:00:00.001Z",
  firstDay: "2026-03-04",
  lastDay: "2026-04-15",
  grain: "week" as const,
};
const scope = { period, timeZone: "America/New_York" };

describe("inBucket", () => {
  it("narrows to a week of the organisation's zone", () => {
    expect(inBucket(scope, "week", { bucket: "2026-03-09T04:00:00Z" })).toEqual({
      period: "custom",
      from: "2026-03-09",
      to: "2026-03-15",
    });
  });

  it("stays in the period where a bucket begins before it or ends after it", () => {
    expect(inBucket(scope, "month", { bucket: "2026-03-01T05:00:00Z" })).toMatchObject({
      from: "2026-03-04",
      to: "2026-03-31",
    });
    expect(inBucket(scope, "month", { bucket: "2026-04-01T04:00:00Z" })).toMatchObject({
      from: "2026-04-01",
      to: "2026-04-15",
    });
  });

  it("reaches from the first to the last of some that stand together", () => {
    expect(
      inBucket(scope, "week", { bucket: "2026-03-09T04:00:00Z", lastBucket: "2026-03-23T04:00:00Z" }),
    ).toMatchObject({ from: "2026-03-09", to: "2026-03-29" });
  });
});
