import type { ReactNode } from "react";

// Each of these pages asks the database who there is.
export const dynamic = "force-dynamic";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return children;
}
