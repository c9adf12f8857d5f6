import { LabelledInput } from "@/components/ui/labelled-input";
import type { ConnectField, Field } from "./connect-fields";

/** Lines of a form about a connection, with what is wrong at the one that it is about. */
export function FormLines<Name extends ConnectField>({
  lines,
  values,
  wrong,
}: {
  lines: readonly Field<Name>[];
  values?: Partial<Record<Name, string>>;
  wrong: { field: ConnectField | null; message: string } | null;
}) {
  return (
    <>
      {lines.map(({ hint, label, name, optional, placeholder, secret = false }) => (
        <LabelledInput
          key={name}
          name={name}
          label={label}
          hint={hint}
          placeholder={placeholder}
          required={!optional}
          defaultValue={values?.[name]}
          type={secret ? "password" : "text"}
          inputMode={name === "depthDays" ? "numeric" : undefined}
          problem={wrong?.field === name ? wrong.message : null}
        />
      ))}
    </>
  );
}
