"use client";

import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { queryKeys } from "@/components/query/query-keys";
import { useChange, usePersonSwitch } from "@/components/query/use-account";

/** Whether the people behind pull requests are named. */
export function PersonSwitch() {
  const { data, error } = usePersonSwitch();
  const change = useChange([queryKeys.persons]);
  // What was clicked, until the server has said so: the box must not jump back in between.
  const [wanted, setWanted] = useState<boolean | null>(null);
  const shown = wanted ?? data?.shown ?? false;
  const choose = (isShown: boolean) => {
    setWanted(isShown);
    change.mutate(
      { url: "/api/v1/settings/persons", method: "PUT", body: { shown: isShown } },
      { onSettled: () => setWanted(null) },
    );
  };
  return (
    <>
      <label className="flex items-baseline gap-2">
        <input
          type="checkbox"
          checked={shown}
          disabled={data === undefined}
          onChange={({ currentTarget: { checked } }) => choose(checked)}
          className="translate-y-0.5 accent-brand"
        />
        <span>
          Name the people behind pull requests
          <span className="block text-note text-ink-3">
            On the page of a pull request, to owners, admins, leads and viewers of its team. Never to finance, in
            exports or to keys, and no figure is ever counted by person. While it is off, and always for those three,
            teams of fewer than five people are counted together as “Small teams”. The audit log keeps who switched it.
          </span>
        </span>
      </label>
      <FormAlert message={change.error?.message ?? error?.message ?? null} />
    </>
  );
}
