/** How it shows that something had to be taken back or mended; which of them is known first stands first. */
export const ADVERSE_LAYERS = ["revert", "redeploy", "hotfix", "incident"] as const;
export type AdverseLayer = (typeof ADVERSE_LAYERS)[number];
export const ADVERSE_LABEL: Readonly<Record<AdverseLayer, string>> = {
  revert: "Reverted",
  redeploy: "Taken back in production",
  hotfix: "Mended by a hotfix",
  incident: "Named by an incident",
};

const every = (step: number, from: number, to: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step) }, (_, index) => from + (index + 1) * step);

/** Hours after the merge at which first events are told: each of the first day, every sixth of the week, every twelfth then. */
export const ADVERSE_HOURS: readonly number[] = [...every(1, 0, 24), ...every(6, 24, 168), ...every(12, 168, 720)];
