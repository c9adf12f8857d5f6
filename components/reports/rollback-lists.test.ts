import { describe, expect, it } from "vitest";
import { rollbackListRequest, serializeRollbackLists } from "./rollback-lists";

const scope: Parameters<typeof rollbackListRequest>[0] = {
  choice: "12w",
  fiscalStart: 1,
  timeZone: "UTC",
  period: {
    from: "2026-08-10T00:00:00.000Z",
    to: "2026-10-31T00:00:00.001Z",
    firstDay: "2026-08-10",
    lastDay: "2026-10-31",
    grain: "week",
  },
  filters: { team: ["search"] },
  compare: undefined,
  isSample: false,
};

describe("rollbackListRequest", () => {
  it("asks for a page of the open list and for the length of the others", () => {
    const chosen = { open: "partial", by: "merge" } as const;
    expect(rollbackListRequest(scope, "partial", chosen)).toEqual({
      from: scope.period.from,
      to: scope.period.to,
      filters: { team: ["search"] },
      kind: ["partial", "embedded"],
      by: "merge",
      limit: 25,
    });
    expect(rollbackListRequest(scope, "rolledBack", chosen)).toMatchObject({ limit: 1, by: "merge" });
  });

  it("goes by the revert where there is no merge to go by", () => {
    expect(rollbackListRequest(scope, "unresolved", { open: "unresolved", by: "merge" }).by).toBe("revert");
  });
});

describe("serializeRollbackLists", () => {
  it("says the date only where it is not that of the rates", () => {
    expect(serializeRollbackLists("/rollbacks", { by: "revert", team: ["search"] })).toBe(
      "/rollbacks?team=search&by=revert",
    );
    expect(serializeRollbackLists("/rollbacks", { by: "merge" })).toBe("/rollbacks");
  });
});
