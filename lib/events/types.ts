export type { DeliveryDetail, DeliveryItem } from "./inbox/delivery-schemas";
