import Link from "next/link";
import { Button } from "@/components/ui/button";
import { PageHeader } from "./page-header";

/** A report before there is anything to report. */
export function NothingImported() {
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
