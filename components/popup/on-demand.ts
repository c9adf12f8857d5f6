import { type ComponentType, lazy } from "react";

/**
 * A component whose code is loaded at first need. `preload` goes on the way to the control (pointer over it, focus on
 * it), so that the code is there at the click; a failed load shows where the component is rendered.
 */
export function onDemand<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return { Panel: lazy(load), preload: () => void load().catch(() => undefined) };
}
