/** The contents that one path went through, oldest first. */
export interface Chain {
  path: string;
  steps: { change: number; before: number; after: number }[];
}

export interface WindowFile {
  path: string;
  add: number | null;
  del: number | null;
  created: boolean;
}

export interface WindowEntry {
  change: number;
  landedAt: number;
  files: WindowFile[];
  chains: Chain[];
}

/**
 * The window as columns: entry by entry its files and the places of its chains, chain by chain its steps. `NaN` stands
 * for a line count that is not known.
 */
export interface FileWindowState {
  paths: string[];
  chains: { path: Int32Array; steps: Int32Array };
  steps: { change: Int32Array; before: Float64Array; after: Float64Array };
  entries: { change: Int32Array; landedAt: Float64Array; files: Int32Array; chains: Int32Array };
  files: { path: Int32Array; add: Float64Array; del: Float64Array; created: Uint8Array };
  entryChains: Int32Array;
  previous: number | null;
}

/** Writes a window down; chains that entries share are written once and found again by their place. */
export function saveWindow(entries: WindowEntry[], chains: Chain[], previous: number | null): FileWindowState {
  const places = new Map<string, number>();
  const place = (path: string): number => {
    const known = places.get(path) ?? places.size;
    places.set(path, known);
    return known;
  };
  const chainPlaces = new Map(chains.map((chain, at) => [chain, at]));
  const steps = chains.flatMap((chain) => chain.steps);
  const files = entries.flatMap((entry) => entry.files);
  const state = {
    chains: {
      path: Int32Array.from(chains, ({ path }) => place(path)),
      steps: Int32Array.from(chains, (chain) => chain.steps.length),
    },
    steps: {
      change: Int32Array.from(steps, ({ change }) => change),
      before: Float64Array.from(steps, ({ before }) => before),
      after: Float64Array.from(steps, ({ after }) => after),
    },
    entries: {
      change: Int32Array.from(entries, ({ change }) => change),
      landedAt: Float64Array.from(entries, ({ landedAt }) => landedAt),
      files: Int32Array.from(entries, (entry) => entry.files.length),
      chains: Int32Array.from(entries, (entry) => entry.chains.length),
    },
    files: {
      path: Int32Array.from(files, ({ path }) => place(path)),
      add: Float64Array.from(files, ({ add }) => add ?? Number.NaN),
      del: Float64Array.from(files, ({ del }) => del ?? Number.NaN),
      created: Uint8Array.from(files, ({ created }) => (created ? 1 : 0)),
    },
    entryChains: Int32Array.from(
      entries.flatMap((entry) => entry.chains),
      (chain) => chainPlaces.get(chain) ?? -1,
    ),
    previous,
  };
  return { ...state, paths: [...places.keys()] };
}

/** Reads a window back, entries oldest first. */
export function loadWindow(state: FileWindowState): { entries: WindowEntry[]; chains: Chain[] } {
  const pathAt = (place: number | undefined): string => state.paths[place ?? -1] ?? "";
  let step = 0;
  const chains = Array.from(state.chains.path, (path, at): Chain => {
    const end = step + (state.chains.steps[at] ?? 0);
    const steps: Chain["steps"] = [];
    for (; step < end; step++) {
      steps.push({
        change: state.steps.change[step] ?? 0,
        before: state.steps.before[step] ?? 0,
        after: state.steps.after[step] ?? 0,
      });
    }
    return { path: pathAt(path), steps };
  });
  let file = 0;
  let link = 0;
  const entries = Array.from(state.entries.change, (change, at): WindowEntry => {
    const files: WindowFile[] = [];
    for (const end = file + (state.entries.files[at] ?? 0); file < end; file++) {
      files.push({
        path: pathAt(state.files.path[file]),
        add: countOf(state.files.add[file]),
        del: countOf(state.files.del[file]),
        created: state.files.created[file] === 1,
      });
    }
    const own: Chain[] = [];
    for (const end = link + (state.entries.chains[at] ?? 0); link < end; link++) {
      const chain = chains[state.entryChains[link] ?? -1];
      if (chain === undefined) throw new RangeError(`no chain at ${state.entryChains[link]}`);
      own.push(chain);
    }
    return { change, landedAt: state.entries.landedAt[at] ?? 0, files, chains: own };
  });
  return { entries, chains };
}

const countOf = (count: number | undefined): number | null =>
  count === undefined || Number.isNaN(count) ? null : count;
