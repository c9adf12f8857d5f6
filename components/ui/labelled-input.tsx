import { useId } from "react";
import { Input } from "./input";

interface Props extends Omit<React.ComponentProps<"input">, "id"> {
  label: string;
  hint: string;
  /** What is wrong with what was given; null: nothing. */
  problem: string | null;
  className?: string | undefined;
}

/** One line of text with its label, what to write there, and what is wrong with it. */
export function LabelledInput({ label, hint, problem, required = false, className, ...input }: Props) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {!required && <span className="font-normal text-ink-3"> (optional)</span>}
      </label>
      <Input
        {...input}
        id={id}
        required={required}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? `${id}-hint` : `${id}-problem ${id}-hint`}
        className="mt-1"
      />
      {problem !== null && (
        <p id={`${id}-problem`} role="alert" className="mt-1 text-note text-bad [overflow-wrap:anywhere]">
          {problem}
        </p>
      )}
      <p id={`${id}-hint`} className="mt-1 text-note text-ink-3">
        {hint}
      </p>
    </div>
  );
}
