"use client";

import { useRef } from "react";
import { useConnect } from "@/components/query/use-connections";
import { SubmitButton } from "@/components/ui/submit-button";
import { CONNECT_FIELDS, toConnectRequest } from "./connect-fields";
import { ConnectResult } from "./connect-result";
import { FormLines } from "./form-lines";
import { FormProblem, wrongOf } from "./form-problem";

/** Connects an account. What is wrong with it shows at the field. */
export function ConnectForm() {
  const form = useRef<HTMLFormElement>(null);
  const connect = useConnect();
  const { data, error, isPending } = connect;
  const wrong = wrongOf(error);
  return (
    <>
      <form
        ref={form}
        noValidate
        aria-label="Connect with a token"
        className="mt-3 grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const request = toConnectRequest(new FormData(event.currentTarget));
          connect.mutate(request, { onSuccess: () => form.current?.reset() });
        }}
      >
        <div className="grid gap-3 sm:grid-cols-2">
          <FormLines lines={CONNECT_FIELDS} wrong={wrong} />
        </div>
        <FormProblem wrong={wrong} />
        <SubmitButton disabled={isPending} className="w-fit">
          {isPending ? "Trying what it may read…" : "Connect"}
        </SubmitButton>
      </form>
      {data !== undefined && (
        <div className="mt-4 border-t pt-3">
          <ConnectResult answer={data} />
        </div>
      )}
    </>
  );
}
