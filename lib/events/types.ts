export type { DeliveryDetail, DeliveryItem } from "./inbox/delivery-schemas";
export type { PullRequestWay } from "./pull-request-way";
