"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useConnections } from "@/components/query/use-connections";
import { Button } from "@/components/ui/button";
import { formatList } from "@/lib/core/format";
import { PageHeader } from "./page-header";
import { useMay, useMe } from "./workspace-context";

const LOOK_AGAIN_MS = 5000;

/** A report before there is anything to report: what is on its way, or how to begin, or whom to ask. */
export function NothingImported() {
  return useMay("connections:manage") ? <HowToBegin /> : <WhomToAsk />;
}

/** Nothing that the reader may see is here, and the reader cannot change that. */
function WhomToAsk() {
  const { teams } = useMe();
  const isWithoutTeam = teams !== null && teams.length === 0;
  return (
    <PageHeader
      headline={isWithoutTeam ? "No team was given to you yet." : "There is nothing to see yet."}
      lede={
        isWithoutTeam
          ? "Reports show the teams that you were given. Ask an owner or admin to choose yours under Users."
          : "Nothing is imported that you may see. Ask an owner or admin to connect your organisation."
      }
    />
  );
}

function HowToBegin() {
  const { data } = useConnections();
  const accounts = (data?.items ?? []).map(({ account }) => account);
  if (accounts.length > 0) return <OnItsWay accounts={accounts} />;
  return (
    <>
      <PageHeader
        headline="Nothing is imported yet."
        lede="Import a repository to see what agents shipped in it and what was rolled back, or look at the sample fleet first."
      />
      <Button asChild>
        <Link href="/welcome">Get started</Link>
      </Button>
    </>
  );
}

/** An account is connected and its first repository is not read yet; the report comes by itself. */
function OnItsWay({ accounts }: { accounts: string[] }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <>
      <PageHeader
        headline={`Nothing of ${formatList(accounts)} is read yet.`}
        lede="The first of its history shows here by itself, usually within minutes. Connections says how far the reading is, and what keeps it."
      />
      <Button asChild>
        <Link href="/connections">See how far it is</Link>
      </Button>
    </>
  );
}
