/** Ends a command with exit code 1 after it has printed its result itself. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
}
