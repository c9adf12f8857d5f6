/** How it shows that something had to be taken back or mended; which of them is known first stands first. */
export const ADVERSE_LAYERS = ["revert", "redeploy", "hotfix", "incident"] as const;
export type AdverseLayer = (typeof ADVERSE_LAYERS)[number];
export const ADVERSE_LABEL: Readonly<Record<AdverseLayer, string>> = {
  revert: "Reverted",
  redeploy: "Older version deployed",
  hotfix: "Mended by a hotfix",
  incident: "Named by an incident",
};

/** Hours after the merge at which first events are told. */
export const ADVERSE_HOURS = [1, 6, 24, 72, 168, 336, 720] as const;
