import { parseAsStringLiteral } from "nuqs/server";
import type { DeliveryItem } from "@/lib/events/types";

export const DELIVERY_STATE_LABEL: Readonly<Record<DeliveryItem["state"], string>> = {
  received: "Waiting",
  processed: "Processed",
  ignored: "Ignored",
  failed: "Failed",
};

export const DELIVERY_STATES = [
  "received",
  "processed",
  "ignored",
  "failed",
] as const satisfies DeliveryItem["state"][];

export const deliveryStateParser = parseAsStringLiteral(DELIVERY_STATES);
