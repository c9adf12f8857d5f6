import Link from "next/link";
import type { MixBar } from "./prepare-mix";

/** Horizontal bars of shares, with the count of each. */
export function MixBars<Word extends string>({
  bars,
  hrefOf,
}: {
  bars: readonly MixBar<Word>[];
  hrefOf: (word: Word) => string;
}) {
  return (
    <ul className="num flex flex-1 flex-col justify-evenly text-note">
      {bars.map((bar) => (
        <li
          key={bar.word}
          className="grid grid-cols-[minmax(6rem,11.5rem)_minmax(0,1fr)_6.5rem] items-center gap-3 py-[3px]"
        >
          <Link
            prefetch={false}
            href={hrefOf(bar.word)}
            className="-my-0.5 truncate py-1 text-ink-2 underline-offset-3 hover:text-ink hover:underline"
          >
            {bar.label}
          </Link>
          <span aria-hidden="true" className="h-3 border-l border-line-strong">
            <i className="block h-3 bg-agent" style={{ width: `${bar.length * 100}%` }} />
          </span>
          <span className="flex justify-end gap-2 text-xs">
            <span className="font-medium">{bar.share}</span>
            <span className="w-12 text-right text-ink-3">{bar.count}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
