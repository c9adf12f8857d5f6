import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fromRoot, ROOT } from "./paths.mjs";

const STOP_WAIT_MS = 20_000;

/** @typedef {{ name: string, process: import("node:child_process").ChildProcess, ended: Promise<string> }} Child */

/** The processes of one start: begun together, watched, and stopped together. */
export class Supervisor {
  /** @type {Child[]} */
  #children = [];
  #stopping = false;

  /**
   * Starts a Node program that ends when this process does, and prints what it prints.
   * @param {string} name
   * @param {readonly string[]} args
   * @param {NodeJS.ProcessEnv} env
   * @returns {Child}
   */
  start(name, args, env) {
    if (this.#stopping) throw new Error(`${name} is not started: all is being stopped`);
    const preload = ["--import", fromRoot("scripts", "lib", "exit-with-parent.mjs")];
    // A session of its own: Ctrl-C in the terminal reaches this process alone, which then stops all in order.
    const process_ = spawn(process.execPath, [...preload, ...args], {
      cwd: ROOT,
      env,
      detached: true,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const ended = new Promise((resolve) => {
      process_.once("error", (error) => resolve(`could not be started (${error.message})`));
      process_.once("exit", (code, signal) =>
        resolve(signal ? `was ended by ${signal}` : `ended with exit code ${code}`),
      );
    });
    const child = { name, process: process_, ended };
    this.#children.push(child);
    return child;
  }

  /**
   * Runs a Node program to its end.
   * @param {string} name
   * @param {readonly string[]} args
   * @param {NodeJS.ProcessEnv} env
   * @param {(message: unknown) => void} [onMessage] hears what the program tells its parent
   * @returns {Promise<string>} how it ended
   */
  async run(name, args, env, onMessage = () => undefined) {
    const child = this.start(name, args, env);
    child.process.on("message", onMessage);
    const how = await child.ended;
    this.#children = this.#children.filter((other) => other !== child);
    return how;
  }

  /**
   * Resolves with a sentence when a child ends that should not.
   * @returns {Promise<string>}
   */
  unexpectedEnd() {
    return new Promise((resolve) => {
      for (const { name, ended } of this.#children) {
        ended.then((how) => {
          if (!this.#stopping) resolve(`The ${name} process ${how}.`);
        });
      }
    });
  }

  /** Asks every child to end, and ends the ones that do not in time. */
  async stop() {
    this.#stopping = true;
    await Promise.all(
      this.#children.map(async ({ process: child, ended }) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill("SIGTERM");
        const late = sleep(STOP_WAIT_MS, "late", { ref: false });
        if ((await Promise.race([ended, late])) === "late") child.kill("SIGKILL");
        await ended;
      }),
    );
  }

  /** Ends every child at once. */
  kill() {
    this.#stopping = true;
    for (const { process: child } of this.#children) child.kill("SIGKILL");
  }
}
