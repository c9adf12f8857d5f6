/** What is wrong with a form as a whole. */
export function FormAlert({ message }: { message: string | null }) {
  if (message === null) return null;
  return (
    <p role="alert" className="text-sm text-bad [overflow-wrap:anywhere]">
      {message}
    </p>
  );
}
