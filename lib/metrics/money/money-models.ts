import { UNASSIGNED_TEAM } from "@/lib/core/dimensions";
import { rowGroups } from "@/lib/metrics/groups";
import type { Bucket } from "@/lib/metrics/rows";
import { DimensionLabels, GroupSpace } from "@/lib/metrics/scan/group-space";
import type { Group } from "@/lib/metrics/types";
import { FleetModels } from "./fleet-models";
import type { MixedModel } from "./mix-models";
import type { MoneyFrame } from "./money-places";
import type { GroupModel, ModelPart } from "./types";

/** One group of a query with the model of each of its buckets. */
export interface GroupModels {
  group: Group;
  modelIn: (bucket: number) => MixedModel;
  /** What it cost alone, which needs none of what the model is worked out from besides. */
  costIn: (bucket: number) => GroupModel;
}

const NOT_SHOWN: MixedModel = {
  model: {
    currency: null,
    inputs: null,
    missing: [],
    said: [],
    reason: "money is shown to finance and administrators",
    spending: null,
  },
  parts: [],
};

/** The groups of a query about money, in their order. */
export function moneyModels(frame: MoneyFrame, buckets: readonly Bucket[]): GroupModels[] {
  const { query, view } = frame;
  const space = new GroupSpace(query.groupBy, new DimensionLabels(view.directory));
  if (view.money === null) {
    return rowGroups(space, [], query.filters).map((code) => ({
      group: space.groupOf(code),
      modelIn: () => NOT_SHOWN,
      costIn: () => NOT_SHOWN.model,
    }));
  }
  const fleet = new FleetModels(frame, buckets);
  const seen = fleet.places.map(({ org, team }) => space.sumOf(query.groupBy, { org, team: team ?? UNASSIGNED_TEAM }));
  return rowGroups(space, seen, query.filters).map((code) => {
    const group = space.groupOf(code);
    const known = new Map<number, MixedModel>();
    return {
      group,
      modelIn: (index) => {
        const model = known.get(index) ?? fleet.mixOf(group, index);
        known.set(index, model);
        return model;
      },
      costIn: (index) => fleet.costOf(group, index),
    };
  });
}

/** The model of everything that a query selects, and those that it is the sum of, in each of some buckets. */
export function wholeModels(
  frame: MoneyFrame,
  buckets: readonly Bucket[],
): { whole: GroupModel; parts: ModelPart[] }[] {
  if (frame.view.money === null) return buckets.map(() => ({ whole: NOT_SHOWN.model, parts: [] }));
  const fleet = new FleetModels(frame, buckets);
  return buckets.map((_, index) => ({ whole: fleet.mixOf({}, index).model, parts: fleet.partsIn(index) }));
}
