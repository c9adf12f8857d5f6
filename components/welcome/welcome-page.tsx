"use client";

import Link from "next/link";
import { CopyCommand } from "@/components/layout/copy-command";
import { PageHeader } from "@/components/layout/page-header";
import { useWorkspace } from "@/components/layout/workspace-context";
import { Button } from "@/components/ui/button";
import { Choice } from "./choice";
import { ImportForm } from "./import-form";
import { ImportList } from "./import-list";
import { SampleChoice } from "./sample-choice";

const COMMANDS = [
  "git clone --mirror https://github.com/OWNER/NAME NAME.git",
  "npm run fleetgauge -- import git NAME.git",
];

/** The first page of an installation: the ways to get something to look at. */
export function WelcomePage() {
  const { dimensions } = useWorkspace();
  return (
    <>
      <PageHeader
        headline={
          dimensions.span === null
            ? "Nothing is imported yet. Three ways to begin."
            : "Import another repository, or look at the sample."
        }
        lede="Fleetgauge reads a repository's history and says which pull requests agents wrote, which were taken back, and how it knows. Everything stays on this machine."
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
        <Choice title="Import a repository">
          <p className="text-ink-2">From a terminal in the folder of Fleetgauge:</p>
          <div className="mt-2">
            <CopyCommand lines={COMMANDS} label="the commands that import a repository" />
          </div>
          <p className="mt-2 text-note text-ink-3">
            Any clone will do. A mirror also holds the pull requests' own commits, where agents leave most of their
            marks, and never lacks history or file contents. Importing again later adds only what is new.
          </p>
          <p className="mt-4 border-t pt-3 text-ink-2">Or name a clone that is on this machine already:</p>
          <ImportForm />
          <ImportList />
        </Choice>
        <div className="grid gap-4">
          <SampleChoice besideRealData={dimensions.orgs.some(({ isSample }) => !isSample)} />
          <Choice title="Connect GitHub">
            <p className="text-ink-2">
              Follows an organisation: pull requests with their reviews, workflow runs and deployments, the last ninety
              days first, and what happens from then on.
            </p>
            <Button asChild variant="outline" className="mt-3 w-fit">
              <Link href="/connections">Connect an organisation</Link>
            </Button>
          </Choice>
        </div>
      </div>
    </>
  );
}
