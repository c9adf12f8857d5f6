import { parseArgs } from "node:util";

/** Whole numbers of the command line, each with its default. */
function numbersOf<Name extends string>(args: readonly string[], defaults: Readonly<Record<Name, number>>) {
  const names = Object.keys(defaults) as Name[];
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  const { values } = parseArgs({ args: [...args], options });
  return Object.fromEntries(
    names.map((name) => {
      const text = values[name];
      const number = text === undefined ? defaults[name] : Number(text);
      if (!Number.isSafeInteger(number) || number < 0) throw new Error(`--${name} takes a whole number`);
      return [name, number];
    }),
  ) as Record<Name, number>;
}

const progress = (text: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`);
};

/** Some 370,000 things of many small repositories, so that ten thousand faults are no more than one in eight requests. */
const BACKFILL = { repositories: 6000, "pull-requests": 6, faults: 10_000, kills: 200, seed: 1 };
const STORM = { deliveries: 100_000, repositories: 20, "pull-requests": 400, kills: 60, seed: 1 };
const FUZZ = { requests: 50_000, seed: 1 };

const USAGE = `npm run chaos -- backfill [--repositories n] [--pull-requests n] [--faults n] [--kills n] [--seed n]
npm run chaos -- storm [--deliveries n] [--repositories n] [--pull-requests n] [--kills n] [--seed n]
npm run chaos -- fuzz [--requests n] [--seed n]
`;

/**
 * Runs a long suite against processes that are killed and a GitHub that fails, and prints what came of it as JSON.
 * @returns the exit code: 0 when nothing was lost or doubled, 1 otherwise, 2 for a wrong use
 */
export async function main([command, ...args]: readonly string[]): Promise<number> {
  // Read once, when the first module asks for it.
  process.env.FLEETGAUGE_SECRET ??= "a secret of this run alone, and of no installation";
  process.env.EGRESS_ALLOW_HOSTS ??= "127.0.0.1";
  const started = performance.now();
  const finish = (report: { problems: string[] }) => {
    progress("");
    process.stdout.write(
      `${JSON.stringify({ ...report, seconds: Math.round((performance.now() - started) / 1000) }, null, 2)}\n`,
    );
    return report.problems.length === 0 ? 0 : 1;
  };
  switch (command) {
    case "backfill": {
      const { "pull-requests": pullRequests, ...size } = numbersOf(args, BACKFILL);
      const { runBackfill } = await import("./backfill/run-backfill");
      return finish(await runBackfill({ ...size, pullRequests }, progress));
    }
    case "storm": {
      const { "pull-requests": pullRequests, ...size } = numbersOf(args, STORM);
      const { runStorm } = await import("./storm/run-storm");
      return finish(await runStorm({ ...size, pullRequests, whole: true }, progress));
    }
    case "fuzz": {
      const { fuzzInstallation } = await import("@/tests/fuzz/fuzz-installation");
      return finish(await fuzzInstallation(numbersOf(args, FUZZ), progress));
    }
    default:
      process.stderr.write(USAGE);
      return 2;
  }
}
