import type { Sender } from "@/lib/events/senders/sender";
import { argoCd } from "./argo-cd";
import { argoRollouts } from "./argo-rollouts";
import { flux } from "./flux";
import { vercel } from "./vercel";

/** Programs that tell of deployments, by their part of the address. */
export const DEPLOYMENT_SENDERS: ReadonlyMap<string, Sender> = new Map([
  ["argo-cd", argoCd],
  ["argo-rollouts", argoRollouts],
  ["flux", flux],
  ["vercel", vercel],
]);
