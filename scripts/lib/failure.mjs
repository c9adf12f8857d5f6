/** An end that is explained to the user in words; no stack is shown. */
export class Failure extends Error {
  /**
   * @param {string} message
   * @param {number} exitCode 1, or 78 for a bad environment
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
