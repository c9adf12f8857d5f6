import {
  AUTHOR_KIND_CODE,
  AUTHOR_KINDS,
  type AuthorKind,
  CATEGORIES,
  CATEGORY_CODE,
  CATEGORY_SEVERITY,
  type Category,
  EXCLUSION_CODE,
  EXCLUSIONS,
  type Exclusion,
  type Severity,
  SIZE_BUCKET_CODE,
  SIZE_BUCKETS,
  type SizeBucket,
} from "@/lib/core/dimensions";
import { FAILURE_CAUSE_CODE, FAILURE_CAUSES, type FailureCause } from "@/lib/core/failure-causes";
import { causeWord } from "./columns/table";

function reader<Word extends string>(words: readonly Word[], codes: Readonly<Record<Word, number>>) {
  const byCode = new Map(words.map((word) => [codes[word], word]));
  return (code: number): Word => {
    const word = byCode.get(code);
    if (word === undefined) throw new Error(`The fact tables hold the unknown code ${code}`);
    return word;
  };
}

/** The word behind a stored code. @throws when a fact holds a code that this version does not know. */
export const authorKindOf: (code: number) => AuthorKind = reader(AUTHOR_KINDS, AUTHOR_KIND_CODE);
export const categoryOf: (code: number) => Category = reader(CATEGORIES, CATEGORY_CODE);
export const sizeBucketNameOf: (code: number) => SizeBucket = reader(SIZE_BUCKETS, SIZE_BUCKET_CODE);
export const exclusionOf: (code: number) => Exclusion = reader(EXCLUSIONS, EXCLUSION_CODE);

const causeOfCode = new Map(FAILURE_CAUSES.map((cause) => [causeWord(FAILURE_CAUSE_CODE[cause]), cause]));

/** The cause behind a word of a profile; undefined of what did not fail, or of which nobody has said why. */
export const failureCauseOf = (word: number): FailureCause | undefined => causeOfCode.get(word);

/** Category codes of the severities, which are not stored: the policy class follows from the category. */
export function categoryCodesOf(severities: readonly Severity[]): number[] {
  return CATEGORIES.filter((category) => severities.includes(CATEGORY_SEVERITY[category])).map(
    (category) => CATEGORY_CODE[category],
  );
}

/** Agent pull requests whose agent no rule could name. */
export const UNKNOWN_AGENT = "unknown";
