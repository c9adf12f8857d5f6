/**
 * @typedef {{ dependencies?: Record<string, string>, optionalDependencies?: Record<string, string>,
 *   peerDependencies?: Record<string, string>, peerDependenciesMeta?: Record<string, { optional?: boolean }> }} Locked
 */

/** The names that a package needs at run time: its optional peers are for who uses them. @param {Locked} locked */
function neededBy({ dependencies, optionalDependencies, peerDependencies = {}, peerDependenciesMeta = {} }) {
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
  return [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers];
}

/** Where a package finds another one, as Node.js looks for it. @returns {string | null} */
function locate(packages, from, name) {
  let folder = from;
  for (;;) {
    const location = `${folder === "" ? "" : `${folder}/`}node_modules/${name}`;
    if (packages[location] !== undefined) return location;
    if (folder === "") return null;
    const parent = folder.lastIndexOf("/node_modules/");
    folder = parent === -1 ? "" : folder.slice(0, parent);
  }
}

/**
 * The locations of everything that the project's own `dependencies` need, and they in turn.
 * @param {Record<string, Locked>} packages of `package-lock.json`
 * @returns {Set<string>}
 */
export function runtimePackages(packages) {
  /** @type {Set<string>} */
  const found = new Set();
  const waiting = Object.keys(packages[""]?.dependencies ?? {}).map((name) => ["", name]);
  while (waiting.length > 0) {
    const [from, name] = waiting.pop() ?? ["", ""];
    const location = locate(packages, from, name);
    // An optional one for another platform is in no lock file of this one.
    if (location === null || found.has(location)) continue;
    found.add(location);
    for (const needed of neededBy(packages[location] ?? {})) waiting.push([location, needed]);
  }
  return found;
}
