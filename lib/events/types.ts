export type { DeliveriesQuery, DeliveryDetail, DeliveryItem } from "./inbox/delivery-schemas";
