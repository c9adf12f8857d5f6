import { dayOf, instantOf, iso, SAMPLE_END } from "./calendar";
import { SAMPLE_SEED, TEAMS } from "./company";
import { rosterOf } from "./people";
import { randomStream } from "./random";

/** What a survey of the sample company was answered, as a file. */
interface Survey {
  wave: string;
  invited: number;
  csv: string;
}

/** The last day of each quarter, and how many of five trust what agents write by then. */
const WAVES = [
  { wave: "2025-09-30", trust: [6, 14, 34, 34, 12], hours: 4 },
  { wave: "2025-12-31", trust: [4, 12, 30, 39, 15], hours: 6 },
  { wave: "2026-03-31", trust: [9, 21, 32, 28, 10], hours: 5 },
  { wave: "2026-06-30", trust: [4, 10, 27, 42, 17], hours: 7 },
  { wave: "2026-09-30", trust: [3, 9, 24, 44, 20], hours: 8 },
] as const;
const ANSWERED = 0.62;

function surveyOf({ hours, trust, wave }: (typeof WAVES)[number]): Survey {
  const random = randomStream(SAMPLE_SEED, `survey/${wave}`);
  const asked = TEAMS.flatMap(({ slug }) => rosterOf(slug).map(() => slug));
  const weights = { "1": trust[0], "2": trust[1], "3": trust[2], "4": trust[3], "5": trust[4] };
  const lines = asked
    .filter(() => random.chance(ANSWERED))
    .map(
      (team) =>
        `${team},${random.weighted(weights)},${random.chance(0.8) ? Math.round(random.lognormal(hours, 0.7)) : ""}`,
    );
  return { wave, invited: asked.length, csv: ["team,trust,hours", ...lines].join("\n") };
}

/** The surveys of the sample company, oldest first. */
export const sampleSurveys = (): Survey[] => WAVES.map(surveyOf);

const TOOLS = [
  { tool: "Review agent", shown: 130, judged: 0.55, wrong: [0.24, 0.13] },
  { tool: "Code scanner", shown: 45, judged: 0.8, wrong: [0.33, 0.3] },
] as const;
const DAY_MS = 86_400_000;

/** What became of what tools suggested in the sample company, week by week, as a file. */
export function sampleSuggestions(): string {
  const random = randomStream(SAMPLE_SEED, "suggestions");
  const first = dayOf("2025-11-03");
  const last = Math.floor((SAMPLE_END - instantOf(0, 0)) / DAY_MS) - 1;
  const lines = ["day,team,tool,shown,judged,false_positive"];
  for (let day = first; day < last; day += 7) {
    const done = (day - first) / (last - first);
    for (const { judged, shown, tool, wrong } of TOOLS) {
      const seen = Math.round(shown * (0.6 + 0.8 * done) * random.between(0.8, 1.2));
      const looked = Math.round(seen * judged);
      const share = (wrong[0] + (wrong[1] - wrong[0]) * done) * random.between(0.85, 1.15);
      lines.push(`${iso(instantOf(day, 0)).slice(0, 10)},,${tool},${seen},${looked},${Math.round(looked * share)}`);
    }
  }
  return lines.join("\n");
}
