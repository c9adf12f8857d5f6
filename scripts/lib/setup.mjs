import path from "node:path";
import { ensureBuilt } from "./build.mjs";
import { Failure } from "./failure.mjs";
import { ensureGenerated, isGenerated } from "./generate.mjs";
import { isImage } from "./image.mjs";
import { ensureInstalled, isInstalled } from "./install.mjs";
import { STATE_DIR } from "./paths.mjs";
import { acquireLock } from "./process-lock.mjs";
import { killLeftover } from "./run.mjs";
import { say, step } from "./steps.mjs";

const WAIT_MS = 20 * 60_000;

/**
 * Holds the lock of the checkout while dependencies, generated code and build are made; others wait for it.
 * @param {() => Promise<void>} work
 */
async function withSetupLock(work) {
  const { release } = await acquireLock(
    path.join(STATE_DIR, "setup.lock"),
    {},
    {
      waitMs: WAIT_MS,
      onWait: ({ pid }) => say(`  … waiting for pid ${pid}, which is installing or building in this checkout`),
    },
  ).catch((error) => {
    throw new Failure(`${STATE_DIR} cannot be written (${error.code}). Run Fleetgauge as the owner of this checkout.`);
  });
  if (release === null) throw new Failure("Another process has been installing or building here for 20 minutes.");
  try {
    killLeftover();
    await work();
  } finally {
    release();
  }
}

/** Whether TypeScript of this checkout can run: false on a fresh one, and after a pull that changed what it rests on. */
export const isSetUp = () => isImage() || (isInstalled() && isGenerated());

/** Brings the checkout to where its TypeScript can run: dependencies and the generated Prisma client. */
export async function setUp() {
  await withSetupLock(async () => {
    const announce = isInstalled() ? undefined : "installing the dependencies, once: about a minute";
    await step("dependencies", ensureInstalled, { announce });
    await step("database client", ensureGenerated);
  });
}

/** Makes the production build, if the sources changed since the last one. */
export async function build() {
  await withSetupLock(async () => {
    await step("production build", ensureBuilt);
  });
}
