"use client";

import { useId, useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { OrganisationSelect } from "@/components/filters/organisation-select";
import { ReportPanel } from "@/components/layout/report-panel";
import { useWorkspace } from "@/components/layout/workspace-context";
import { type CostFileInput, useCostCheck, useCostEntry } from "@/components/query/use-cost-files";
import { Button } from "@/components/ui/button";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { CostReadingInput } from "@/lib/core/cost-files";
import { fileText } from "@/lib/core/file-text";
import { formatQuantity } from "@/lib/core/format";
import { CostFileAnswer, hasQuestions } from "./cost-file-answer";
import { CostImportList } from "./cost-import-list";
import { CostReadingFields } from "./cost-reading-fields";

/** A file that was chosen, as it is sent. */
interface ChosenFile {
  name: string;
  sent: Pick<CostFileInput, "csv" | "xlsx">;
}

/** Workbooks are packed, and packed files begin so, whatever they are called. */
const PACKED = [0x50, 0x4b];
const CHUNK = 0x8000;

async function chosenFile(file: File): Promise<ChosenFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!PACKED.every((byte, index) => bytes[index] === byte) && !/\.xls[xmb]?$/i.test(file.name))
    return { name: file.name, sent: { csv: fileText(bytes) } };
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return { name: file.name, sent: { xlsx: btoa(text) } };
}

const AS_FOUND: CostReadingInput = { fields: {} };

/** Bills as files: chosen, checked, entered, and those that were entered before. */
export function CostFilesPanel({ orgs }: { orgs: readonly { slug: string; name: string }[] }) {
  const { me } = useWorkspace();
  const fileId = useId();
  const [org, setOrg] = useState(orgs[0]?.slug ?? "");
  const [source, setSource] = useState("");
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [reading, setReading] = useState(AS_FOUND);
  const check = useCostCheck();
  const entry = useCostEntry();
  if (!me.permissions.includes("money:write") || orgs.length === 0) return null;
  const report = check.data;
  const inputOf = (as: CostReadingInput) =>
    file === null ? null : { org, source: source.trim(), fileName: file.name, ...file.sent, reading: as };
  const read = (as: CostReadingInput) => {
    setReading(as);
    const input = inputOf(as);
    entry.reset();
    if (input !== null) check.mutate(input);
  };
  const forget = () => {
    check.reset();
    entry.reset();
    setReading(AS_FOUND);
  };
  const enter = () => {
    const input = inputOf(reading);
    if (input !== null) entry.mutate(input, { onSuccess: () => check.mutate(input) });
  };
  return (
    <ReportPanel
      title="Enter a bill"
      note="A CSV file or the first sheet of a workbook, from a provider’s billing page or from accounting: GitHub’s usage report and FOCUS files are known by their columns, of others you say which column is what. A file of tokens by model is estimated at the prices that you enter. Nothing is entered before you have seen what it holds."
      className="mt-4"
    >
      <form
        noValidate
        method="post"
        aria-label="A bill"
        className="grid max-w-3xl gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          read(reading);
        }}
      >
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <OrganisationSelect
            orgs={orgs}
            value={org}
            onChange={(slug) => {
              setOrg(slug);
              forget();
            }}
          />
          <LabelledInput
            required
            name="source"
            label="Whose bill it is"
            hint="Give the next file of the same kind the same name: it then replaces what this one told of the same days."
            placeholder="GitHub billing"
            maxLength={100}
            value={source}
            onChange={(event) => {
              setSource(event.target.value);
              forget();
            }}
            problem={null}
          />
          <div>
            <label htmlFor={fileId} className="text-sm font-medium">
              File
            </label>
            <input
              id={fileId}
              type="file"
              accept=".csv,text/csv,.xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
              className="mt-1 block w-full text-sm file:mr-3 file:h-9 file:cursor-pointer file:rounded-md file:border file:border-line-control file:bg-panel file:px-3 file:text-sm"
              onChange={async (event) => {
                const [chosen] = event.target.files ?? [];
                forget();
                setFile(chosen === undefined ? null : await chosenFile(chosen));
              }}
            />
          </div>
        </div>
        {report === undefined && (
          <div>
            <SubmitButton disabled={check.isPending || file === null || source.trim() === ""}>
              {check.isPending ? "Reading…" : "Read the file"}
            </SubmitButton>
          </div>
        )}
        <FormAlert message={check.error?.message ?? entry.error?.message ?? null} />
      </form>
      {report !== undefined && (
        <div aria-busy={check.isPending} className="mt-4 grid gap-4 border-t pt-4">
          {hasQuestions(report) && <CostFileAnswer report={report} />}
          <CostReadingFields report={report} reading={reading} onChange={read} />
          {!hasQuestions(report) && <CostFileAnswer report={report} />}
          {entry.isSuccess ? (
            <p role="status" className="text-sm text-ink-2">
              {`${formatQuantity(entry.data.posted, "entry", "entries")} posted. The figures above follow within seconds.`}
            </p>
          ) : (
            report.problemCount === 0 &&
            (report.posted > 0 || report.usage.length > 0) && (
              <div>
                <Button disabled={entry.isPending || check.isPending} onClick={enter}>
                  {entry.isPending ? "Entering…" : `Enter ${formatQuantity(report.lines, "line")}`}
                </Button>
              </div>
            )
          )}
        </div>
      )}
      <CostImportList />
    </ReportPanel>
  );
}
