"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Me, Permission } from "@/lib/auth/types";
import type { DimensionValues, MetricDescriptor } from "@/lib/metrics/types";

/** What every page of the dashboard knows: who looks at it, the values behind filters, and what each metric is. */
export interface Workspace {
  me: Me;
  dimensions: DimensionValues;
  descriptors: MetricDescriptor[];
}

const WorkspaceContext = createContext<Workspace | null>(null);

export function WorkspaceProvider({ value, children }: { value: Workspace; children: ReactNode }) {
  return <WorkspaceContext value={value}>{children}</WorkspaceContext>;
}

/** @throws outside the dashboard's layout. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === null) throw new Error("useWorkspace needs the layout of the dashboard around it");
  return workspace;
}

/** Who is signed in. */
export function useMe(): Me {
  return useWorkspace().me;
}

/** Whether whoever is signed in may do something; what they may not is not offered. */
export function useMay(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}

/** The descriptor of a metric. @throws when the registry has none of that id, which is a defect of the page. */
export function useDescriptor(id: string): MetricDescriptor {
  const descriptor = useWorkspace().descriptors.find((candidate) => candidate.id === id);
  if (descriptor === undefined) throw new Error(`No metric is called ${id}`);
  return descriptor;
}
