import type { CostVendorKey } from "@/lib/core/cost-feeds";
import { anthropic } from "./anthropic";
import { cursor } from "./cursor";
import { github } from "./github";
import { openai } from "./openai";
import type { CostVendor } from "./vendor";

export const VENDORS: Readonly<Record<CostVendorKey, CostVendor>> = { anthropic, openai, github, cursor };
