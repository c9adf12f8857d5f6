import { timed } from "@/bench/report/sample";
import type { Scope } from "@/lib/auth/scope";
import { openFacts } from "@/lib/metrics/columns/store";

/** What the first question costs a process, and what it holds from then on. */
export interface ColdStart {
  seconds: number;
  /** Bytes of the arrays that hold the pull requests of an organisation, spare room included. */
  arrayBytes: number;
}

/** Loads the facts into a process that has none yet. */
export async function measureColdStart(scope: Scope, orgId: number): Promise<ColdStart> {
  const { result: view, ms } = await timed(() => openFacts(scope));
  const columns: unknown[] = Object.values(view.table(orgId) ?? {});
  const arrayBytes = columns.reduce<number>(
    (sum, column) => sum + (ArrayBuffer.isView(column) ? column.buffer.byteLength : 0),
    0,
  );
  return { seconds: ms / 1000, arrayBytes };
}
