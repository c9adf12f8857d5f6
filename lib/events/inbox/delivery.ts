/** One delivery of a webhook, as it came. */
export interface Delivery {
  /** Who sends: `github`. */
  source: string;
  /** The sender's id of the delivery; sending it again keeps the id. */
  deliveryId: string;
  event: string;
  /** null where the body does not begin with it. */
  action: string | null;
  /** The headers worth keeping, by lower-case name. */
  headers: Readonly<Record<string, string>>;
  /** The raw bytes that the signature is about. */
  body: Buffer;
}

export interface Receipt {
  /** The same delivery was stored before. */
  duplicate: boolean;
}
