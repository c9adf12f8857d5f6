import type { ReactNode, Ref } from "react";

/** A form that is sent as JSON: the server says what is wrong with it, at the field. */
export function SentForm({
  label,
  onSend,
  className = "grid gap-3",
  ref,
  children,
}: {
  label: string;
  /** Gets the texts of the form by the names of its fields. */
  onSend: (texts: Record<string, string>) => void;
  className?: string;
  ref?: Ref<HTMLFormElement>;
  children: ReactNode;
}) {
  return (
    <form
      ref={ref}
      noValidate
      aria-label={label}
      // Before its code has come a browser would put what was typed into the address.
      method="post"
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        onSend(textsOf(event.currentTarget));
      }}
    >
      {children}
    </form>
  );
}

function textsOf(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries(
    [...new FormData(form)].map(([name, value]) => [name, typeof value === "string" ? value : ""]),
  );
}
