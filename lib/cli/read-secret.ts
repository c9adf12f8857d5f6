import { readFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { AppError } from "@/lib/core/errors";

/**
 * A secret in a file, or of stdin (`-`): an argument would stand in the history of the shell.
 * @throws {AppError} `bad_request` at the pointer when there is none
 */
export async function readSecret(cwd: string, file: string, pointer: string): Promise<string> {
  const found =
    file === "-" ? await text(process.stdin) : await readFile(path.resolve(cwd, file), "utf8").catch(() => null);
  if (found === null) throw new AppError({ code: "bad_request", message: `${file} cannot be read.`, pointer });
  const secret = found.replace(/\r?\n$/, "");
  if (secret !== "") return secret;
  throw new AppError({ code: "bad_request", message: `${file} is empty.`, pointer });
}
