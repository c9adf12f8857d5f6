"use client";

import { MonitorIcon, MoonIcon, SunIcon } from "lucide-react";
import { useTheme } from "next-themes";
import { useId } from "react";
import { useInBrowser } from "@/components/ui/use-in-browser";

const THEMES = [
  { value: "system", label: "As the system", Icon: MonitorIcon },
  { value: "light", label: "Light", Icon: SunIcon },
  { value: "dark", label: "Dark", Icon: MoonIcon },
] as const;

/** Light, dark, or what the system says. */
export function ThemeSwitch() {
  const name = useId();
  const { theme, setTheme } = useTheme();
  // The server cannot know the choice; until the browser has it, the switch shows the default.
  const inBrowser = useInBrowser();
  const value = inBrowser ? (theme ?? "system") : "system";
  return (
    <fieldset className="grid grid-cols-[minmax(0,1fr)_repeat(3,1.75rem)] items-center gap-0.5">
      <legend className="float-left mr-auto px-2 text-sm text-ink-3">Theme</legend>
      {THEMES.map(({ value: option, label, Icon }) => (
        <label
          key={option}
          title={label}
          className="relative grid size-7 place-content-center rounded-md text-ink-3 hover:bg-sunken hover:text-ink has-checked:bg-sunken has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-brand"
        >
          <input
            type="radio"
            name={name}
            value={option}
            checked={value === option}
            onChange={() => setTheme(option)}
            aria-label={label}
            className="absolute inset-0 cursor-pointer appearance-none outline-none"
          />
          <Icon aria-hidden="true" className="size-4" />
        </label>
      ))}
    </fieldset>
  );
}
