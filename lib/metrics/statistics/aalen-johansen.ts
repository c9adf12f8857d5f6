/** One subject: `cause` null when censored. */
export interface CompetingObservation {
  time: number;
  cause: string | null;
}

export interface CumulativeIncidence {
  /** Probability of each cause by then. */
  byCause: Map<string, number>;
  /** Probability of none of them by then. */
  survival: number;
}

/**
 * Aalen–Johansen cumulative incidence of competing first events at some times, ascending (metrics.md Appendix A); the
 * incidences and the survival add up to 1, which 1 − Kaplan–Meier per cause would not.
 * @param stayed subjects that are at risk beyond the last of the times, and had no event
 */
export function aalenJohansenAt(
  observations: readonly CompetingObservation[],
  times: readonly number[],
  stayed = 0,
): CumulativeIncidence[] {
  const sorted = [...observations].sort((a, b) => a.time - b.time);
  const byCause = new Map<string, number>();
  let survival = 1;
  let atRisk = sorted.length + stayed;
  let index = 0;
  return times.map((at) => {
    while (index < sorted.length) {
      const time = sorted[index]?.time ?? Number.POSITIVE_INFINITY;
      if (time > at) break;
      const before = survival;
      let events = 0;
      let leaving = 0;
      for (let subject = sorted[index]; subject?.time === time; subject = sorted[index]) {
        if (subject.cause !== null) {
          events += 1;
          byCause.set(subject.cause, (byCause.get(subject.cause) ?? 0) + before / atRisk);
        }
        leaving += 1;
        index += 1;
      }
      survival *= 1 - events / atRisk;
      atRisk -= leaving;
    }
    return { byCause: new Map(byCause), survival };
  });
}

/** The same at one time. */
export function aalenJohansen(observations: readonly CompetingObservation[], at: number): CumulativeIncidence {
  const [found] = aalenJohansenAt(observations, [at]);
  return found ?? { byCause: new Map(), survival: 1 };
}
