import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { can } from "@/lib/auth/permissions";
import { pageCaller } from "@/lib/auth/session";

/** Asks before anything is sent, so that the answer is a 404 and not a page that turns into one. */
export default async function AuditLayout({ children }: { children: ReactNode }) {
  if (!can(await pageCaller(), "view_audit")) notFound();
  return children;
}
