import { register } from "tsx/esm/api";
import { fromRoot } from "./paths.mjs";

/** Lets this process import the project's TypeScript, with its `@/` paths, from whatever directory it was started in. */
export function registerTypeScript() {
  register({ tsconfig: fromRoot("tsconfig.json") });
}
