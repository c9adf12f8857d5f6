import type { Category } from "./dimensions";

/** What tends to go wrong with a kind of work of agents, and what shows it early. In the product's own words: no study is behind them. */
export const TASK_ADVICE: Readonly<Record<Exclude<Category, "unclassified">, { goesWrong: string; seenBy: string }>> = {
  documentation: {
    goesWrong: "It describes what the code did before, or commands and options that do not exist.",
    seenBy: "Examples and links that CI runs; a look by whoever owns the code.",
  },
  test_generation: {
    goesWrong: "Tests that assert whatever the code does, that cannot fail, or that fail now and then.",
    seenBy: "Changing the code to see the test fail, running it several times, coverage of changed branches.",
  },
  bug_fix_isolated: {
    goesWrong: "The symptom goes and the cause stays, or a case beside it breaks.",
    seenBy: "A test that fails before the fix; errors by version for a day after the deployment.",
  },
  boilerplate_scaffolding: {
    goesWrong: "An outdated pattern or dependency is copied, or settings differ between environments.",
    seenBy: "Templates and linters, dependency scans, a deployment to something like production.",
  },
  performance_sensitive: {
    goesWrong: "Faster in the case that was measured and slower in another; a query for each item.",
    seenBy: "Benchmarks against the base in CI; slow requests, memory and queries per request afterwards.",
  },
  cross_module_refactor: {
    goesWrong: "A caller out of view is missed; behaviour changes where only names should.",
    seenBy: "Contract and integration tests, a search for callers, small steps that are merged one by one.",
  },
  distributed_systems: {
    goesWrong: "Retries, order, timeouts and half-done deployments are not thought of.",
    seenBy: "Injected faults, canary deployments, queues and consistency watched for a week.",
  },
  security_critical: {
    goesWrong: "A check is missing on one path, a secret is logged, cryptography is misused.",
    seenBy: "Two reviewers of whom one knows the surface, code and secret scans, tests of what must be refused.",
  },
};
