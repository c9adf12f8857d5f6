/** Lines of source files that tests ran, by path and line number: how often each line was run. */
export type LineHits = ReadonlyMap<string, ReadonlyMap<number, number>>;
