import { expect, it } from "vitest";
import { parseOriginUrl } from "./origin-url";

it.each([
  ["https://github.com/acme/api.git", "https://github.com/acme/api", "acme", "api"],
  ["https://user:token@github.com/acme/api/", "https://github.com/acme/api", "acme", "api"],
  ["git@github.com:acme/api.git", "https://github.com/acme/api", "acme", "api"],
  ["github.com:acme/api", "https://github.com/acme/api", "acme", "api"],
  ["ssh://git@git.acme.test:2222/acme/api.git", "https://git.acme.test/acme/api", "acme", "api"],
  ["git://git.acme.test/acme/api.git", "https://git.acme.test/acme/api", "acme", "api"],
  ["https://gitlab.com/group/sub/api.git", "https://gitlab.com/group/sub/api", "group", "api"],
  ["git@ssh.dev.azure.com:v3/acme/project/api", "https://ssh.dev.azure.com/acme/project/api", "acme", "api"],
])("reads %s", (address, url, owner, name) => {
  expect(parseOriginUrl(address)).toEqual({ url, owner, name });
});

it.each([
  null,
  "/srv/git/api.git",
  "../api",
  "file:///srv/api.git",
  "C:\\code\\api",
  "C:/code/api",
  "https://host/only",
  "",
])("takes %s for a local path", (address) => {
  expect(parseOriginUrl(address)).toEqual({ url: null, owner: null, name: null });
});
