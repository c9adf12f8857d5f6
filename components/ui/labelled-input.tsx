import { useId } from "react";
import { Input } from "./input";

interface Props extends Omit<React.ComponentProps<"input">, "id"> {
  label: string;
  /** Left out where the label says it all. */
  hint?: string;
  /** What is wrong with what was given; null: nothing. */
  problem: string | null;
  className?: string | undefined;
}

/** One line of text with its label, what to write there, and what is wrong with it. */
export function LabelledInput({
  label,
  hint,
  problem,
  required = false,
  className,
  autoComplete = "off",
  ...input
}: Props) {
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
        autoComplete={autoComplete}
        spellCheck={false}
        aria-invalid={problem !== null}
        aria-describedby={
          [problem !== null && `${id}-problem`, hint !== undefined && `${id}-hint`].filter(Boolean).join(" ") ||
          undefined
        }
        className="mt-1"
      />
      {problem !== null && (
        <p id={`${id}-problem`} role="alert" className="mt-1 text-note text-bad [overflow-wrap:anywhere]">
          {problem}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="mt-1 text-note text-ink-3">
          {hint}
        </p>
      )}
    </div>
  );
}
