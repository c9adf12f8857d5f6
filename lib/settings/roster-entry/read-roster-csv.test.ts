import { describe, expect, it } from "vitest";
import { readRosterCsv } from "./read-roster-csv";

describe("a roster as CSV", () => {
  it("is read with any of its columns in any order, and commas, semicolons or tabs between", () => {
    expect(
      readRosterCsv(
        "\uFEFFTeam,Login,email,name,from,to,fte,seniority\nPayments,@ada,ada@acme.test,Ada,2026-01-05,2026-03-01,0.8,Senior\n\n" +
          'Web,bo,,"Bo, Jr.",,,,\n',
      ),
    ).toEqual([
      {
        line: 2,
        team: "Payments",
        login: "ada",
        email: "ada@acme.test",
        name: "Ada",
        from: "2026-01-05",
        to: "2026-03-01",
        fte: 800,
        seniority: "senior",
      },
      {
        line: 4,
        team: "Web",
        login: "bo",
        email: null,
        name: "Bo, Jr.",
        from: null,
        to: null,
        fte: 1000,
        seniority: null,
      },
    ]);
    expect(readRosterCsv("email;team;fte\nada@acme.test;Web;0,5")).toMatchObject([{ team: "Web", fte: 500 }]);
    expect(readRosterCsv("team\tlogin\nWeb\tada")).toMatchObject([{ login: "ada" }]);
    expect(readRosterCsv("team,login\n")).toEqual([]);
  });

  it.each([
    ["", "Line 1: the roster is empty"],
    ["team,login,wage\n", "Line 1: there is no column “wage”"],
    ["team,login,team\n", "Line 1, team: this column is there twice"],
    ["login\n", "Line 1, team: this column is missing"],
    ["team\n", "Line 1, login: this column is missing, and so is email"],
    ["team,login\n,ada", "Line 2, team: it is empty"],
    ["team,login\nWeb,", "Line 2, login: it is empty"],
    ["team,login\nWeb,ada,x", "Line 2: it has 3 fields"],
    ["team,email\nWeb,ada", "Line 2, email: “ada” is no address"],
    ["team,login,from\nWeb,ada,2026-02-30", "Line 2, from: “2026-02-30” is no date"],
    ["team,login,from,to\nWeb,ada,2026-02-03,2026-02-03", "Line 2, to: 2026-02-03 is not after 2026-02-03"],
    ["team,login,fte\nWeb,ada,1.2", "Line 2, fte: “1.2” is no share"],
    ["team,login,fte\nWeb,ada,0", "Line 2, fte: “0” is no share"],
    ["team,login,seniority\nWeb,ada,wizard", "Line 2, seniority: “wizard” is none of"],
    ['team,login\nWeb,"ada', "This is not CSV"],
  ])("is refused with the line and the column: %j", (csv, message) => {
    expect(() => readRosterCsv(csv)).toThrow(message);
  });
});
