/**
 * What processes that project are started with. Rules make many small objects that are soon forgotten; with room for
 * more of them between two collections few live long enough to be copied. It takes up to 50 MB more.
 */
export const HEAP_FLAGS: readonly string[] = ["--max-semi-space-size=32"];
