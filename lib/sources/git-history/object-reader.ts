import { AppError } from "@/lib/core/errors";
import { objectHeaderSchema, type RawCommit } from "./api-types";
import { ByteReader } from "./byte-reader";
import { parseCommit } from "./commit-object";
import type { GitClient } from "./git-client";
import type { GitProcess } from "./git-process";

interface GitObject {
  type: string;
  content: Buffer;
}

/** Reads objects through one long-lived `git cat-file --batch`; requests answer in the order they were made. */
export class ObjectReader {
  readonly #client: GitClient;
  readonly #complete: boolean;
  #process: GitProcess | null = null;
  #reader: ByteReader | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /** `complete`: the clone holds all objects; in a partial one git gives up at the first that it lacks. */
  constructor(client: GitClient, complete: boolean) {
    this.#client = client;
    this.#complete = complete;
  }

  /** Commits in the order asked for. @throws {AppError} when one is missing or damaged. */
  async commits(shas: readonly string[]): Promise<RawCommit[]> {
    const objects = await this.#request(shas);
    return shas.map((sha, i) => {
      const object = objects[i];
      if (object?.type !== "commit") throw missingObject(sha);
      return parseCommit(sha, object.content);
    });
  }

  /** The contents of one file version; null when the clone does not hold it. */
  async blob(id: string): Promise<Buffer | null> {
    if (!this.#complete) return this.#blobApart(id);
    const [object] = await this.#request([id]);
    return object?.type === "blob" ? object.content : null;
  }

  /** Asks a process of its own, so that giving up costs nothing else. */
  async #blobApart(id: string): Promise<Buffer | null> {
    const apart = new ObjectReader(this.#client, true);
    try {
      return await apart.blob(id);
    } catch (error) {
      if (error instanceof AppError && error.code === "unprocessable") return null;
      throw error;
    } finally {
      if (apart.#process !== null) await this.#client.release(apart.#process);
    }
  }

  #request(ids: readonly string[]): Promise<(GitObject | null)[]> {
    const answer = this.#last.then(() => this.#exchange(ids));
    this.#last = answer.catch(() => {});
    return answer;
  }

  async #exchange(ids: readonly string[]): Promise<(GitObject | null)[]> {
    if (ids.length === 0) return [];
    this.#process ??= this.#client.start(["cat-file", "--batch"]);
    this.#reader ??= new ByteReader(this.#process.chunks());
    const process = this.#process;
    const reader = this.#reader;
    const written = process.write(`${ids.join("\n")}\n`);
    const objects: (GitObject | null)[] = [];
    for (const _ of ids) {
      const line = (await reader.line()) ?? (await process.fail());
      const header = objectHeaderSchema.parse(line.toString("utf8"));
      if (header === null) {
        objects.push(null);
        continue;
      }
      const content = (await reader.exactly(header.size + 1)) ?? (await process.fail());
      objects.push({ type: header.type, content: content.subarray(0, header.size) });
    }
    await written;
    return objects;
  }
}

function missingObject(sha: string): AppError {
  return new AppError({
    code: "unprocessable",
    message: `Commit ${sha} is missing or damaged. Run \`git fsck\` in the repository, or clone it again.`,
    pointer: "/path",
  });
}
