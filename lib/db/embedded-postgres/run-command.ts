import { spawn } from "node:child_process";

export type CommandResult = { code: number | null; output: string };

type Options = { uid?: number; gid?: number; cwd?: string; env?: NodeJS.ProcessEnv };

/** Runs a program to its end and returns its exit code with stdout and stderr together; code null: it did not start. */
export function runCommand(file: string, args: readonly string[], options: Options = {}): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (chunk: Buffer) => {
      output += chunk.toString("utf8");
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) => resolve({ code: null, output: error.message }));
    child.on("close", (code) => resolve({ code, output }));
  });
}
