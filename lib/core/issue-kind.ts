/** A label without what stands before it for order: `kind/bug`, `type: bug`, `T-bug`. */
const BARE = /^(?:(?:kind|type|issue|category|t|c)\s*[:/-]\s*)?/i;
const DEFECT = /^(?:bug|bugs|defect|regression|crash)$/i;
const FEATURE = /^(?:feature|features|feat|enhancement|feature[\s_-]request|new[\s_-]feature)$/i;
/** `feat: …`, `feat(api)!: …`. */
const FEATURE_TITLE = /^feat(?:\([^)]*\))?!?:\s/i;

export const bareLabel = (label: string): string => label.replace(BARE, "").trim();

/** Whether labels say of an issue that something is broken. */
export const saysDefect = (labels: readonly string[]): boolean => labels.some((label) => DEFECT.test(bareLabel(label)));

/** Whether labels say of an issue or a pull request that it is a feature. */
export const saysFeature = (labels: readonly string[]): boolean =>
  labels.some((label) => FEATURE.test(bareLabel(label)));

/** Whether a title says so, as conventional commits do. */
export const isFeatureTitle = (title: string): boolean => FEATURE_TITLE.test(title);
