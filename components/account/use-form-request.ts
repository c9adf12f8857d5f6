"use client";

import { useState } from "react";
import { fetchJson, ProblemError } from "@/components/query/fetch-json";

interface Wrong {
  /** Name of the field that it is about; null: the form as a whole. */
  field: string | null;
  message: string;
}

/**
 * Sends a form as JSON, and knows what is wrong with which of its fields.
 * @param fields names of the fields that show what is wrong with them
 */
export function useFormRequest<Answer>(
  url: string,
  fields: readonly string[],
  onDone: (answer: Answer) => void | Promise<void>,
  method: "POST" | "PUT" | "PATCH" | "DELETE" = "POST",
) {
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [isPending, setPending] = useState(false);
  const send = async (body: Readonly<Record<string, unknown>>) => {
    setPending(true);
    setWrong(null);
    try {
      await onDone(await fetchJson<Answer>(url, { method, body }));
    } catch (error) {
      const at = error instanceof ProblemError ? (error.pointer?.slice(1) ?? "") : "";
      const message = error instanceof Error ? error.message : "The server did not answer.";
      setWrong({ field: fields.includes(at) ? at : null, message });
    } finally {
      setPending(false);
    }
  };
  return {
    send,
    isPending,
    /** What is wrong with one field. */
    at: (field: string) => (wrong?.field === field ? wrong.message : null),
    /** What is wrong with the form as a whole. */
    whole: wrong?.field === null ? wrong.message : null,
  };
}
