"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { DimensionValues, MetricDescriptor } from "@/lib/metrics/types";

/** What every page of the dashboard knows: the values behind filters, and what each metric is. */
export interface Workspace {
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

/** The descriptor of a metric. @throws when the registry has none of that id, which is a defect of the page. */
export function useDescriptor(id: string): MetricDescriptor {
  const descriptor = useWorkspace().descriptors.find((candidate) => candidate.id === id);
  if (descriptor === undefined) throw new Error(`No metric is called ${id}`);
  return descriptor;
}
