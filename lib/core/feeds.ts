/**
 * What is told of a repository besides its line, as bits of `repository.feeds`. Where nothing is told of deployments,
 * defects or incidents, figures about them are not known, which is something else than none.
 */
export const FEED_BIT = { deployments: 1, defects: 2, incidents: 4, caughtDefects: 8, tracedFixes: 16 } as const;
