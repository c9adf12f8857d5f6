export type { DeliveryDetail, DeliveryItem, DoorTraffic } from "./inbox/delivery-schemas";
export type { PullRequestWay } from "./pull-request-way";
