import { kindsOfPath } from "@/lib/attribution/path-kinds";

/** Snapshots of approval tests, change logs and version stamps: they follow another change. */
const FOLLOWS =
  /\.(?:verified|received|approved)\.\w+$|(?:^|\/)(?:changelog|changes|history|release[-_]?notes)(?:\.(?:md|mdx|rst|txt|adoc))?$|(?:^|\/)\.changeset\/|(?:^|\/)\.?version(?:s?\.(?:txt|json|ts|js|py|go|rb|props|properties|toml|xml))?$/i;
/** Files that declare dependencies: a bump and the next one look like a revert of each other. */
const MANIFEST =
  /(?:^|\/)(?:package\.json|pyproject\.toml|requirements[\w.-]*\.txt|setup\.(?:py|cfg)|cargo\.toml|go\.mod|gemfile|pom\.xml|[\w.-]+\.gradle(?:\.kts)?|gradle\.properties|libs\.versions\.toml|directory\.packages\.props|[\w.-]*packages\.config|[\w.-]+\.csproj|global\.json|composer\.json|dockerfile[\w.-]*|chart\.yaml)$|(?:^|\/)eng\/versions?\.[\w.]+$/i;

/**
 * Files that change along with others without being the change: lock files, generated output, snapshots, change logs,
 * version stamps. They come back by themselves, so they prove no revert.
 */
export const isNoisePath = (path: string): boolean => kindsOfPath(path).generated || FOLLOWS.test(path);

export const isManifestPath = (path: string): boolean => MANIFEST.test(path);
