import { AppError, errorCode } from "@/lib/core/errors";
import type { Delivery, Receipt } from "./delivery";

/** Stores deliveries in one transaction; resolves after its commit, one receipt per delivery. */
type Insert = (deliveries: readonly Delivery[]) => Promise<Receipt[]>;

interface InboxWriterOptions {
  /** Most deliveries of one statement. */
  maxBatch?: number;
  /** Most body bytes of one statement; a delivery that is larger goes alone. */
  maxBatchBytes?: number;
  /** Statements under way at once; each takes a connection. */
  maxInFlight?: number;
  /** Body bytes that may wait or be under way; what would go beyond is turned away. */
  maxPendingBytes?: number;
}

export interface InboxWriter {
  /**
   * Stores a delivery; resolves after its commit.
   * @throws {AppError} `unavailable` when too much is waiting; whatever kept the database from storing it
   */
  store(delivery: Delivery): Promise<Receipt>;
}

interface Waiting {
  delivery: Delivery;
  resolve: (receipt: Receipt) => void;
  reject: (error: unknown) => void;
}

/** What a delivery costs in memory beside its body. */
const OVERHEAD_BYTES = 2048;

/**
 * Whether the server refused something in the statement, so that a smaller part of it may pass. Classes 08, 53, 57 and 58
 * say that the server itself is in trouble, and an error without a code comes from the connection.
 */
function isRefusal(error: unknown): boolean {
  const code = errorCode(error);
  return code !== null && /^[0-9A-Z]{5}$/.test(code) && !/^(08|53|57|58)/.test(code);
}

/**
 * Stores deliveries in groups: what arrives while statements are under way goes out together with the next one, so a
 * commit is shared by as many deliveries as are waiting and a single one never waits for company. Nothing is answered
 * before its commit, and a batch that fails tells exactly those who are in it.
 */
export function createInboxWriter(insert: Insert, options: InboxWriterOptions = {}): InboxWriter {
  const {
    maxBatch = 256,
    maxBatchBytes = 8 * 1024 * 1024,
    maxInFlight = 2,
    maxPendingBytes = 128 * 1024 * 1024,
  } = options;
  let queue: Waiting[] = [];
  let inFlight = 0;
  let pendingBytes = 0;
  let scheduled = false;

  const costOf = ({ body }: Delivery): number => body.length + OVERHEAD_BYTES;

  function takeBatch(): Waiting[] {
    let bytes = 0;
    let size = 0;
    for (const { delivery } of queue) {
      bytes += delivery.body.length;
      if (size === maxBatch || (size > 0 && bytes > maxBatchBytes)) break;
      size += 1;
    }
    const batch = queue.slice(0, size);
    queue = queue.slice(size);
    return batch;
  }

  async function insertEach(batch: readonly Waiting[]): Promise<void> {
    for (const { delivery, resolve, reject } of batch) {
      await insert([delivery]).then(([receipt]) => resolve(receipt ?? { duplicate: false }), reject);
    }
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    try {
      const receipts = await insert(batch.map(({ delivery }) => delivery));
      for (const [index, { resolve }] of batch.entries()) resolve(receipts[index] ?? { duplicate: false });
    } catch (error) {
      if (batch.length > 1 && isRefusal(error)) await insertEach(batch);
      else for (const { reject } of batch) reject(error);
    }
  }

  function start(): void {
    scheduled = false;
    while (inFlight < maxInFlight && queue.length > 0) {
      const batch = takeBatch();
      inFlight += 1;
      void write(batch).finally(() => {
        inFlight -= 1;
        for (const { delivery } of batch) pendingBytes -= costOf(delivery);
        start();
      });
    }
  }

  return {
    store(delivery) {
      const cost = costOf(delivery);
      if (pendingBytes > 0 && pendingBytes + cost > maxPendingBytes) {
        return Promise.reject(
          new AppError({
            code: "unavailable",
            message: "Too many deliveries are waiting to be stored; send it again.",
          }),
        );
      }
      pendingBytes += cost;
      return new Promise((resolve, reject) => {
        queue.push({ delivery, resolve, reject });
        if (scheduled || inFlight >= maxInFlight) return;
        // What the same turn of the event loop brings shares the first statement.
        scheduled = true;
        setImmediate(start);
      });
    },
  };
}
