import { ProblemError } from "@/components/query/fetch-json";
import { type ConnectField, fieldAt } from "./connect-fields";

/** What is wrong with a form, and at which of its fields; null: with none of them. */
export interface Wrong {
  field: ConnectField | null;
  message: string;
}

export function wrongOf(error: Error | null): Wrong | null {
  if (error === null) return null;
  return { field: fieldAt(error instanceof ProblemError ? error.pointer : null), message: error.message };
}

/** What is wrong with a form as a whole. */
export function FormProblem({ wrong }: { wrong: Wrong | null }) {
  if (wrong === null || wrong.field !== null) return null;
  return (
    <p role="alert" className="text-bad [overflow-wrap:anywhere]">
      {wrong.message}
    </p>
  );
}
