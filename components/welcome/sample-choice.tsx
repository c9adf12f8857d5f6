"use client";

import Link from "next/link";
import { useEffect, useRef } from "react";
import { useAfterDataChange } from "@/components/layout/use-after-data-change";
import { useChangeSample, useSample } from "@/components/query/use-sample";
import { Button } from "@/components/ui/button";
import type { SampleStatus } from "@/lib/settings/types";
import { Choice } from "./choice";
import { OperationProgress } from "./operation-progress";
import { RemoveSample } from "./remove-sample";

/** A look at the product before anything of one's own is in it. */
export function SampleChoice({ besideRealData }: { besideRealData: boolean }) {
  const { data, dataUpdatedAt, error } = useSample();
  const load = useChangeSample("POST");
  const afterDataChange = useAfterDataChange();
  const state = data?.state;
  // Beside real data the sample shows only where it is asked for by name.
  const query = besideRealData && data?.org != null ? `?${new URLSearchParams({ org: data.org })}` : "";
  const sampleHref = `/overview${query}`;
  const before = useRef<SampleStatus["state"]>(undefined);
  useEffect(() => {
    if (before.current === "loading" && state === "ready") afterDataChange(sampleHref);
    before.current = state;
  }, [state, afterDataChange, sampleHref]);

  const failure = load.error?.message ?? error?.message ?? data?.error?.message;
  return (
    <Choice title="Look at the sample fleet">
      <p className="text-ink-2">
        An invented company: 12 teams, 60 repositories, 18 months, some 20,000 pull requests. It is labelled as a sample
        wherever it shows, leaves the numbers as soon as something real is imported, and is removed by one click.
      </p>
      <div className="mt-3">
        {data !== undefined && (state === "loading" || state === "removing") ? (
          <OperationProgress
            label={state === "loading" ? "Loading the sample fleet" : "Removing the sample fleet"}
            step={data.step}
            done={data.done}
            total={data.total}
            at={dataUpdatedAt}
          />
        ) : state === "ready" ? (
          <p className="flex flex-wrap items-center gap-3">
            <Button asChild>
              <Link href={sampleHref}>Open the sample fleet</Link>
            </Button>
            <RemoveSample />
          </p>
        ) : (
          <Button onClick={() => load.mutate()} disabled={load.isPending || data === undefined}>
            Load the sample fleet
          </Button>
        )}
      </div>
      {failure !== undefined && (
        <p role="alert" className="mt-2 text-bad">
          {failure}
        </p>
      )}
    </Choice>
  );
}
