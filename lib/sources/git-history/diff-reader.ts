import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { AppError } from "@/lib/core/errors";
import type { ChangedFile } from "@/lib/events/schema";
import { ByteReader } from "./byte-reader";
import type { GitClient } from "./git-client";
import type { GitProcess } from "./git-process";
import { parseDiffs } from "./parse-diffs";

/** A commit to compare with one parent; `parent` null compares a root commit with nothing. */
export interface DiffRequest {
  sha: string;
  parent: string | null;
}

/** git keeps every commit that it has compared in memory: a new process now and then keeps that flat. */
const REQUESTS_PER_PROCESS = 4096;

/** Exact renames only (equal blobs): a similarity guess would need contents and depend on git's version. */
const DIFF_OPTIONS = ["-r", "--root", "--always", "-z", "-M100%", "--no-abbrev", "--no-ext-diff", "--no-textconv"];

interface Worker {
  process: GitProcess;
  reader: ByteReader;
  marker: Buffer;
  requests: number;
}

/** Compares commits through a few long-lived `git diff-tree --stdin`, so that every core has something to do. */
export class DiffReader {
  readonly #client: GitClient;
  readonly #options: string[];
  readonly #lanes: { worker: Worker | null; last: Promise<unknown>; waiting: number }[];

  /** Without `lineCounts` no file contents are needed, which is all that a partial clone can do. */
  constructor(client: GitClient, lineCounts: boolean) {
    this.#client = client;
    this.#options = [...DIFF_OPTIONS, "--raw", ...(lineCounts ? ["--numstat"] : [])];
    const lanes = Math.min(4, Math.max(2, availableParallelism()));
    this.#lanes = Array.from({ length: lanes }, () => ({ worker: null, last: Promise.resolve(), waiting: 0 }));
  }

  /** Changed files by commit id. @throws {AppError} when an object is missing or damaged. */
  async diffs(requests: readonly DiffRequest[]): Promise<Map<string, ChangedFile[]>> {
    if (requests.length === 0) return new Map();
    const lane = this.#lanes.reduce((best, other) => (other.waiting < best.waiting ? other : best));
    lane.waiting += requests.length;
    const answer = lane.last.then(async () => {
      lane.worker = await this.#renew(lane.worker);
      return this.#exchange(lane.worker, requests);
    });
    lane.last = answer.then(
      () => {
        lane.waiting -= requests.length;
      },
      () => {},
    );
    return answer;
  }

  async #renew(worker: Worker | null): Promise<Worker> {
    if (worker !== null && worker.requests < REQUESTS_PER_PROCESS) return worker;
    if (worker !== null) await this.#client.release(worker.process);
    const process = this.#client.start(["diff-tree", "--stdin", ...this.#options]);
    // A line that is no commit id comes back as it is: with a random name it marks the end of an answer.
    const marker = Buffer.from(`end-${randomBytes(12).toString("hex")}\n`);
    return { process, reader: new ByteReader(process.chunks()), marker, requests: 0 };
  }

  async #exchange(worker: Worker, requests: readonly DiffRequest[]): Promise<Map<string, ChangedFile[]>> {
    worker.requests += requests.length;
    const lines = requests.map(({ sha, parent }) => (parent === null ? sha : `${sha} ${parent}`));
    const written = worker.process.write(`${lines.join("\n")}\n${worker.marker.toString()}`);
    const output = (await worker.reader.untilTrailing(worker.marker)) ?? (await worker.process.fail());
    await written;
    const diffs = parseDiffs(output);
    for (const { sha } of requests) {
      if (!diffs.has(sha)) {
        throw new AppError({
          code: "unprocessable",
          message: `The files of commit ${sha} cannot be read. Run \`git fsck\` in the repository, or clone it again.`,
          pointer: "/path",
        });
      }
    }
    return diffs;
  }
}
