import type { Dimension } from "@/lib/core/dimensions";
import type { FactTable, Profile } from "@/lib/metrics/columns/table";
import type { CoveredRepo, Narrowing } from "@/lib/metrics/selection";
import { compileRowFilter, profilePasses } from "./filter";
import { Sequences } from "./sequences";

/** One of the three dictionaries of a table, folded to what a query has to tell apart. */
export interface Axis<Entry> {
  /** By position in the dictionary: position in `entries`, or −1 for what does not pass. */
  codeOf: Int32Array;
  entries: Entry[];
}

export interface ProfileEntry {
  /** One of the profiles that this entry stands for; they agree on all that the query needs. */
  profile: Profile;
  /** Dimensions whose filter these do not pass, although they are kept for what a share is a share of. */
  failed: readonly Dimension[];
}

export interface Axes {
  repo: Axis<number>;
  team: Axis<number | null>;
  profile: Axis<ProfileEntry>;
}

/** What a query needs to tell apart. */
export interface AxisNeeds {
  dimensions: ReadonlySet<Dimension>;
  /** Filters that leave rows in, marked as failed. */
  deferred: ReadonlyMap<Dimension, Narrowing>;
  /** A number that differs for profiles that some metric tells apart; null for one that none looks at. */
  signatureOf: (profile: Profile, failed: readonly Dimension[]) => number | null;
}

function fold<Position, Entry>(
  positions: readonly Position[],
  passes: Uint8Array | null,
  keyOf: (position: Position) => number | null,
  entryOf: (position: Position) => Entry,
): Axis<Entry> {
  const axis: Axis<Entry> = { codeOf: new Int32Array(positions.length).fill(-1), entries: [] };
  const codes = new Map<number, number>();
  for (let index = 0; index < positions.length; index += 1) {
    if (passes !== null && passes[index] === 0) continue;
    const position = positions[index] as Position;
    const key = keyOf(position);
    if (key === null) continue;
    let code = codes.get(key);
    if (code === undefined) {
      code = axis.entries.push(entryOf(position)) - 1;
      codes.set(key, code);
    }
    axis.codeOf[index] = code;
  }
  return axis;
}

/** Which of some filters a profile does not pass, as bits by their order. */
function failedBits(narrowings: readonly Narrowing[], profile: Profile): number {
  let bits = 0;
  for (let index = 0; index < narrowings.length; index += 1) {
    if (!profilePasses(narrowings[index] as Narrowing, profile)) bits |= 1 << index;
  }
  return bits;
}

/** Folds the dictionaries of a table for a selection. */
export function buildAxes(
  table: FactTable,
  repos: readonly CoveredRepo[],
  narrowings: ReadonlyMap<Dimension, Narrowing>,
  { deferred, dimensions, signatureOf }: AxisNeeds,
): Axes {
  const applied = new Map([...narrowings].filter(([dimension]) => !deferred.has(dimension)));
  const filter = compileRowFilter(table, repos, applied);
  const byRepo = dimensions.has("repo");
  const byTeam = dimensions.has("team");
  const byAgent = dimensions.has("agent");
  // An agent that no rule could name shows in the author kind.
  const byKind = dimensions.has("authorKind") || byAgent;
  const byCategory = dimensions.has("category") || dimensions.has("severity");
  const bySize = dimensions.has("sizeBucket");
  const byCause = dimensions.has("cause");
  const sequences = new Sequences();
  const masks = new Map<bigint, number>();
  const deferredDimensions = [...deferred.keys()];
  const deferredNarrowings = [...deferred.values()];
  const failedOf = Array.from({ length: 2 ** deferred.size }, (_, bits) =>
    deferredDimensions.filter((_dimension, index) => (bits & (1 << index)) !== 0),
  );
  const failed = (profile: Profile) => failedOf[failedBits(deferredNarrowings, profile)] ?? [];
  const keyOfProfile = (profile: Profile): number | null => {
    const bits = failedBits(deferredNarrowings, profile);
    const signature = signatureOf(profile, failedOf[bits] ?? []);
    if (signature === null) return null;
    let key = sequences.append(signature, bits * CODES + profile.exclusion);
    if (byKind) key = sequences.append(key, profile.authorKind);
    if (byCategory) key = sequences.append(key, profile.category);
    if (bySize) key = sequences.append(key, profile.sizeBucket);
    if (byCause) key = sequences.append(key, profile.cause);
    if (byAgent) {
      const mask = masks.get(profile.agentMask) ?? masks.size;
      masks.set(profile.agentMask, mask);
      key = sequences.append(key, mask);
    }
    return key;
  };
  return {
    repo: fold(
      table.repos,
      filter.repo,
      (id) => (byRepo ? id : 0),
      (id) => id,
    ),
    team: fold(
      table.teams,
      filter.team,
      (id) => (byTeam ? (id ?? NO_TEAM) : 0),
      (id) => id,
    ),
    profile: fold(table.profiles, filter.profile, keyOfProfile, (profile) => ({ profile, failed: failed(profile) })),
  };
}

/** More than a closed word has codes. */
const CODES = 64;
const NO_TEAM = -1;
