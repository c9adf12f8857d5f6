/** Headers of a request by their name in any case; what a browser's `Headers` and a Node.js request both can be. */
export type HeaderReader = Pick<Headers, "get">;

/** An address that another program calls: whoever signs the bytes is let in, from wherever it calls. */
export interface Webhook {
  summary: string;
  /** A body with more bytes is refused. */
  maxBytes: number;
  /** Looks at the headers before the body is read. @throws {AppError} for a request that cannot be genuine */
  admit(headers: HeaderReader): Promise<void>;
  /** The raw bytes are what the signature is about; what is answered is JSON with the status 202. */
  receive(headers: HeaderReader, body: Buffer): Promise<Readonly<Record<string, unknown>>>;
}
