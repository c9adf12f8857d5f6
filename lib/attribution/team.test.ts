import { describe, expect, it } from "vitest";
import { parseCodeowners } from "./codeowners";
import { attributeTeam } from "./team";

const codeowners = parseCodeowners(
  "/pay/ @acme/payments\n/web/ @acme/Frontend @someone\n/both/ @acme/web @acme/api\n/solo/ @someone\n",
);
const files = (...paths: string[]) => paths.map((path) => ({ path }));

describe("attributeTeam", () => {
  it("takes the team that owns most of the changed files", () => {
    const verdict = attributeTeam({
      files: files("pay/a", "pay/b", "web/a"),
      codeowners,
      repositoryOwner: "platform",
    });
    expect(verdict).toEqual({
      team: "payments",
      evidence: {
        rule: "team:codeowners",
        text: "2 of 3 changed files belong to @acme/payments in CODEOWNERS.",
        quote: "line 1: @acme/payments",
        at: "pay/a",
      },
    });
  });

  it("breaks ties by name and writes slugs in lower case", () => {
    expect(attributeTeam({ files: files("pay/a", "web/a"), codeowners, repositoryOwner: null }).team).toBe("frontend");
    expect(attributeTeam({ files: files("both/a"), codeowners, repositoryOwner: null }).team).toBe("api");
  });

  it("counts files without an owner team for the repository's owner", () => {
    const mostly = files("pay/a", "x", "y");
    expect(attributeTeam({ files: mostly, codeowners, repositoryOwner: "platform" }).team).toBe("platform");
    expect(attributeTeam({ files: mostly, codeowners, repositoryOwner: null }).team).toBe("payments");
    const even = files("pay/a", "x");
    expect(attributeTeam({ files: even, codeowners, repositoryOwner: "platform" }).team).toBe("payments");
  });

  it("names no team after an individual owner", () => {
    expect(attributeTeam({ files: files("solo/a"), codeowners, repositoryOwner: null })).toMatchObject({
      team: null,
      evidence: { rule: "team:none" },
    });
  });

  it("falls back to the repository's owner, else to nobody, and says why", () => {
    expect(attributeTeam({ files: null, codeowners, repositoryOwner: "platform" }).evidence.text).toContain(
      "not known",
    );
    expect(attributeTeam({ files: files("x"), codeowners: null, repositoryOwner: "platform" })).toMatchObject({
      team: "platform",
      evidence: { rule: "team:repository" },
    });
    expect(attributeTeam({ files: [], codeowners, repositoryOwner: null }).team).toBeNull();
  });
});

describe("the team of a person", () => {
  const delegation = {
    keys: ["id:1"],
    name: "Ada",
    evidence: { rule: "delegation:assignee", text: "The person that is assigned to it." },
  };
  const named = { name: "Ada", evidence: delegation.evidence };
  const of = (teams: { team: string; members: number }[]) =>
    attributeTeam({ files: files("pay/a"), codeowners, repositoryOwner: null, person: { delegation, teams } });

  it("goes before that of the code", () => {
    expect(of([{ team: "growth", members: 4 }])).toEqual({
      team: "growth",
      evidence: { rule: "team:member", text: "Whoever it was made for was in this team when it was merged." },
      delegation: named,
    });
  });

  it("is the one that owns the code where they are in several, else the smallest, else the first by name", () => {
    const several = [
      { team: "everyone", members: 90 },
      { team: "growth", members: 4 },
      { team: "data", members: 4 },
    ];
    expect(of([...several, { team: "payments", members: 30 }])).toMatchObject({
      team: "payments",
      evidence: { text: expect.stringContaining("the one of 4 teams that owns the code") },
    });
    expect(of(several)).toMatchObject({ team: "data", evidence: { text: expect.stringContaining("smallest of 3") } });
  });

  it("is that of the code where they were in none, and they are named all the same", () => {
    expect(of([])).toMatchObject({ team: "payments", evidence: { rule: "team:codeowners" }, delegation: named });
  });
});
