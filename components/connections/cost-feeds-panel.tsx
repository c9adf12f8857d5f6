"use client";

import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import { filterOptions } from "@/components/filters/filter-options";
import { OrganisationSelect } from "@/components/filters/organisation-select";
import { useNameOf } from "@/components/filters/use-filters";
import { useWorkspace } from "@/components/layout/workspace-context";
import { ProblemError } from "@/components/query/fetch-json";
import { useCostFeedChange, useCostFeeds } from "@/components/query/use-cost-feeds";
import { Button } from "@/components/ui/button";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import { Choice } from "@/components/welcome/choice";
import { COST_VENDORS, type CostFeed, type CostVendorKey, type FeedState, VENDOR_WORDS } from "@/lib/core/cost-feeds";
import { formatDate, formatDateTime } from "@/lib/core/format";

const SELECT = "mt-1 block h-9 w-full rounded-md border border-line-control bg-panel px-2 text-sm font-normal";

const STATE: Readonly<Record<FeedState, { label: string; className: string }>> = {
  waiting: { label: "Is asked within a minute", className: "text-ink-3" },
  well: { label: "Well", className: "text-good" },
  attention: { label: "Needs attention", className: "text-bad" },
  failing: { label: "Could not be asked, and is asked again", className: "text-warn" },
};

/** Accounts of vendors that are asked every day what was paid. */
export function CostFeedsPanel() {
  const { dimensions } = useWorkspace();
  const orgs = dimensions.orgs.filter(({ isSample }) => !isSample).map(({ name, slug }) => ({ name, slug }));
  const [vendor, setVendor] = useState<CostVendorKey>("anthropic");
  const [org, setOrg] = useState(orgs[0]?.slug ?? "");
  const change = useCostFeedChange();
  if (orgs.length === 0) return null;
  const words = VENDOR_WORDS[vendor];
  const problem = change.error instanceof ProblemError ? change.error : null;
  const problemOf = (field: string) => (problem?.pointer === `/${field}` ? problem.message : null);
  const agents = filterOptions("agent", dimensions).filter(({ value }) => value !== "unknown");
  return (
    <Choice title="Ask vendors what was paid">
      <p className="mb-3 max-w-[62em] text-ink-2">
        Once a day, for the last 31 days, since vendors state them anew; the first time for half a year. What comes is
        booked by its difference, and nothing is booked where the answer cannot be read. Bills that are asked for here
        are not entered as files too.
      </p>
      <SentForm
        label="An account of a vendor"
        className="grid max-w-3xl gap-4"
        onSend={({ account, agent, secret }) =>
          change.mutate({
            method: "POST",
            body: { org, vendor, account: account?.trim() || null, agent: agent || null, secret: secret ?? "" },
          })
        }
      >
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <label className="block text-sm font-medium">
            Who is asked
            <select
              value={vendor}
              onChange={(event) => {
                change.reset();
                setVendor(event.currentTarget.value as CostVendorKey);
              }}
              className={SELECT}
            >
              {COST_VENDORS.map((key) => (
                <option key={key} value={key}>
                  {VENDOR_WORDS[key].name}
                </option>
              ))}
            </select>
          </label>
          <OrganisationSelect orgs={orgs} value={org} onChange={setOrg} />
          {words.account !== null && (
            <LabelledInput
              required
              name="account"
              label={words.account}
              placeholder={org}
              maxLength={100}
              problem={problemOf("account")}
            />
          )}
          {!words.isOwnAgent && (
            <label className="block text-sm font-medium">
              Which agent it is paid for
              <select name="agent" defaultValue="" className={SELECT}>
                <option value="">No agent in particular</option>
                {agents.map(({ label, value }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </select>
            </label>
          )}
          <LabelledInput
            required
            name="secret"
            type="password"
            label={words.key}
            autoComplete="off"
            maxLength={500}
            problem={problemOf("secret")}
          />
        </div>
        <p className="text-note text-ink-3">{words.reads} The key is kept sealed, and used for nothing else.</p>
        <FormAlert
          message={
            ["account", "secret"].some((field) => problemOf(field) !== null) ? null : (change.error?.message ?? null)
          }
        />
        <div>
          <SubmitButton disabled={change.isPending}>{change.isPending ? "Sending…" : "Ask this account"}</SubmitButton>
        </div>
      </SentForm>
      <FeedList onChange={change.mutate} busy={change.isPending} />
    </Choice>
  );
}

function FeedList({
  onChange,
  busy,
}: {
  onChange: (request: { path: string; method: "POST" | "DELETE" }) => void;
  busy: boolean;
}) {
  const { data: feeds = [] } = useCostFeeds();
  if (feeds.length === 0) return null;
  return (
    <ul aria-label="Accounts that are asked" className="mt-5 grid gap-3 border-t pt-3">
      {feeds.map((feed) => (
        <li key={feed.id} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <FeedText feed={feed} />
          <span className="flex gap-2">
            <Button
              size="sm"
              variant="outline"
              disabled={busy || feed.state === "waiting"}
              onClick={() => onChange({ path: `/${feed.id}/pulls`, method: "POST" })}
            >
              Ask now
            </Button>
            <Button
              size="sm"
              variant="outline"
              disabled={busy}
              onClick={() => onChange({ path: `/${feed.id}`, method: "DELETE" })}
            >
              Remove
            </Button>
          </span>
        </li>
      ))}
    </ul>
  );
}

function FeedText({ feed }: { feed: CostFeed }) {
  const nameOf = useNameOf();
  const { account, agent, askedAt, lastDay, org, reason, state, vendor } = feed;
  const { className, label } = STATE[state];
  return (
    <div className="min-w-0 max-w-[46em]">
      <p>
        <span className="font-medium">{VENDOR_WORDS[vendor].name}</span>
        {account !== null && ` ${account}`} of {org}
        {agent !== null && `, for ${nameOf("agent", agent)}`}
      </p>
      <p className="text-note text-ink-3 [overflow-wrap:anywhere]">
        <span className={className}>{label}.</span> {reason}{" "}
        {lastDay !== null && `Booked up to ${formatDate(`${lastDay}T12:00:00Z`, "UTC")}. `}
        {askedAt !== null && `Asked last on ${formatDateTime(askedAt, "UTC")} UTC.`}
      </p>
    </div>
  );
}
