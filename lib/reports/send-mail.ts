import { createTransport } from "nodemailer";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { type Message, textOf } from "./message";

const TIMEOUT_MS = 30_000;

/** Whether there is a mail server to send with. */
export const canSendMail = (): boolean => env().smtp !== null;

interface MailError {
  code?: unknown;
  responseCode?: unknown;
}

/** What went wrong, without what a server or a library says of it: that may hold names and secrets. */
function mailProblem({ code, responseCode }: MailError): AppError {
  const say = (message: string) => new AppError({ code: "unavailable", message });
  if (code === "EAUTH") return say("The mail server refused the name and password of SMTP_URL.");
  if (code === "ETLS") return say("The mail server offers no connection that is safe.");
  if (typeof responseCode === "number") return say(`The mail server answered ${responseCode}.`);
  return say("The mail server of SMTP_URL cannot be reached.");
}

/**
 * Sends a message to each of its recipients.
 * @param id the same of every attempt, so that mailboxes know a message that comes twice
 * @returns addresses that the server did not take
 * @throws {AppError} `unavailable` where it took none
 */
export async function sendMail(id: string, recipients: readonly string[], message: Message): Promise<string[]> {
  const { smtp } = env();
  if (smtp === null)
    throw new AppError({ code: "unavailable", message: "No mail server is set: start with SMTP_URL." });
  const transport = createTransport({
    url: smtp.url,
    // A password never goes over a connection that is not safe.
    requireTLS: new URL(smtp.url).username !== "",
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // What is attached is made here; no file or address that a message names is ever opened.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const { rejected } = await transport.sendMail({
      messageId: `<${id}@fleetgauge>`,
      from: smtp.from,
      to: [...recipients],
      subject: message.subject,
      text: textOf(message),
      attachments: message.files.map(({ bytes, contentType, fileName }) => ({
        filename: fileName,
        contentType,
        content: bytes,
      })),
    });
    return rejected;
  } catch (error) {
    throw mailProblem(error as MailError);
  } finally {
    transport.close();
  }
}
