import type { ReactNode } from "react";
import { AppShell } from "@/components/layout/app-shell";
import { WorkspaceProvider } from "@/components/layout/workspace-context";
import { loadMe } from "@/lib/auth/loaders";
import { loadDimensionValues, loadMetricDescriptors } from "@/lib/metrics/loaders";

// Every page here reads the database, which the build does not have.
export const dynamic = "force-dynamic";

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const me = await loadMe();
  const dimensions = await loadDimensionValues();
  return (
    <WorkspaceProvider value={{ me, dimensions, descriptors: loadMetricDescriptors() }}>
      <AppShell>{children}</AppShell>
    </WorkspaceProvider>
  );
}
