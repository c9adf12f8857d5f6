"use client";

import Link from "next/link";
import { useState } from "react";
import { CopyCommand } from "@/components/layout/copy-command";
import { useSenderKey } from "@/components/query/use-account";
import { useDoorTraffic } from "@/components/query/use-deliveries";
import { Button } from "@/components/ui/button";
import { Choice } from "@/components/welcome/choice";
import { formatCount, formatDateTime, formatQuantity } from "@/lib/core/format";
import type { DoorTraffic } from "@/lib/events/types";
import { SENDER_LABEL } from "./delivery-states";
import { SENDER_GUIDE_IDS, SENDER_GUIDES, type SenderGuideId } from "./sender-guides";

/** Stands for a key that was not made here. */
const KEY = "$FLEETGAUGE_KEY";

/** How programs tell what GitHub does not know, and what came in from each; shown in the browser alone, which knows the address of this installation. */
export function SendersPanel({ org }: { org: string }) {
  const [chosen, setChosen] = useState<SenderGuideId>("shell");
  const traffic = useDoorTraffic({ listens: true }).data?.items ?? [];
  const make = useSenderKey();
  const guide = SENDER_GUIDES[chosen];
  const place = { origin: window.location.origin, repository: `${org}/my-repository`, key: make.data?.key ?? KEY };
  return (
    <Choice title="Tell what GitHub does not know">
      <p className="mb-3 max-w-[62em] text-ink-2">
        What deployed a change, took it back or broke, what an agent did and what it cost, and pull requests that live
        elsewhere. Choose who tells, put the lines where it is set up, and name your repository in them.
      </p>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <label className="flex items-center gap-2 text-sm">
          Who tells
          <select
            value={chosen}
            onChange={(event) => {
              make.reset();
              setChosen(event.currentTarget.value as SenderGuideId);
            }}
            className="h-8 rounded-md border border-input bg-panel px-2 text-sm"
          >
            {SENDER_GUIDE_IDS.map((id) => (
              <option key={id} value={id}>
                {SENDER_GUIDES[id].name}
              </option>
            ))}
          </select>
        </label>
        <Button
          size="sm"
          variant="outline"
          disabled={make.isPending || make.data !== undefined}
          onClick={() => make.mutate(guide.name)}
        >
          {make.data === undefined ? "Make a key for it" : "The key stands in the lines"}
        </Button>
      </div>
      <p className="mb-2 max-w-[62em] text-note text-ink-3">
        {guide.how}
        {make.data !== undefined && " The key is shown this once; for a year it may send events, and nothing else."}
      </p>
      {make.error !== null && (
        <p role="alert" className="mb-2 text-bad">
          {make.error.message}
        </p>
      )}
      <CopyCommand lines={guide.lines(place)} label={`how to set up ${guide.name}`} />
      <Heard traffic={traffic.find(({ source }) => source === guide.door)} />
      <Others traffic={traffic.filter(({ source }) => source !== guide.door)} />
    </Choice>
  );
}

const refusedHref = (source: string): string =>
  `/connections/deliveries?state=failed&source=${encodeURIComponent(source)}`;

/** Whether anything came from whoever is being set up: the answer to “does it work?”. */
function Heard({ traffic }: { traffic: DoorTraffic | undefined }) {
  return (
    <p role="status" className="mt-3 text-sm">
      {traffic === undefined ? (
        <>
          <strong className="font-medium">Nothing has come in from there yet.</strong>{" "}
          <span className="text-ink-3">This changes within seconds of the first message.</span>
        </>
      ) : (
        <>
          <strong className="font-medium">Heard last on {formatDateTime(traffic.lastAt, "UTC")} UTC.</strong>{" "}
          {formatQuantity(traffic.messages7d, "message")} in seven days
          {traffic.failed > 0 && (
            <>
              ,{" "}
              <Link
                href={refusedHref(traffic.source)}
                className="inline-block py-0.5 text-bad underline underline-offset-3"
              >
                {formatCount(traffic.failed)} refused
              </Link>
            </>
          )}
          .
        </>
      )}
    </p>
  );
}

/** Who else tells. */
function Others({ traffic }: { traffic: readonly DoorTraffic[] }) {
  if (traffic.length === 0) return null;
  return (
    <ul aria-label="Other senders" className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-note text-ink-3">
      {traffic.map(({ failed, lastAt, messages7d, source }) => (
        <li key={source}>
          <Link
            href={failed > 0 ? refusedHref(source) : `/connections/deliveries?source=${encodeURIComponent(source)}`}
            className="inline-block py-0.5 text-ink-2 underline underline-offset-3"
          >
            {SENDER_LABEL[source] ?? source}
          </Link>{" "}
          {formatDateTime(lastAt, "UTC")} UTC, {formatCount(messages7d)} in seven days
          {failed > 0 && `, ${formatCount(failed)} refused`}
        </li>
      ))}
    </ul>
  );
}
