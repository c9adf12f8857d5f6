import { Command } from "commander";
import { resolveSize } from "@/bench/company/size";
import type { BenchContext } from "@/bench/context";
import { ensureLoaded } from "@/bench/load/run-load";
import { httpPeer, type Peer, sqlPeer } from "@/bench/queries/peers";
import { runQueries } from "@/bench/queries/run-queries";
import { type CompanyOptions, countOption, measure, progressOnStderr, withCompanyOptions } from "./common";

interface QueriesFlags extends CompanyOptions {
  cases: number;
  rounds: number;
  peerSql?: string;
  peerDatabase?: string;
  peerHttp?: string;
}

function openPeers(context: BenchContext, flags: QueriesFlags, ownUrl: string): { name: string; peer: Peer }[] {
  const peers: { name: string; peer: Peer }[] = [];
  if (flags.peerSql !== undefined) {
    peers.push({ name: "sql", peer: sqlPeer(context.cwd, flags.peerSql, flags.peerDatabase ?? ownUrl) });
  }
  if (flags.peerHttp !== undefined) peers.push({ name: "http", peer: httpPeer(context.cwd, flags.peerHttp) });
  return peers;
}

/** `npm run bench -- queries` */
export function queriesCommand(context: BenchContext): Command {
  return withCompanyOptions(new Command("queries"))
    .description("every metric of the registry over twelve months, by filters and groups, beside one index-only count")
    .addOption(countOption("--cases <number>", "questions in all").default(500))
    .addOption(countOption("--rounds <number>", "how often each is asked").default(5))
    .option("--peer-sql <file>", "JSON of SQL statements by name, timed in the same run")
    .option("--peer-database <url>", "where the peer's statements run; the benchmark's database by default")
    .option("--peer-http <file>", "JSON of { url, method, headers, body } by name, timed in the same run")
    .action((flags: QueriesFlags) =>
      measure(context, flags, async (database) => {
        const size = resolveSize(flags);
        await ensureLoaded(database, size, progressOnStderr());
        const peers = openPeers(context, flags, database.url);
        try {
          return [await runQueries({ seed: size.seed, cases: flags.cases, rounds: flags.rounds, peers })];
        } finally {
          for (const { peer } of peers) await peer.close();
        }
      }),
    );
}
