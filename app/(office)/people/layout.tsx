import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { pageCaller } from "@/lib/auth/session";
import { hasPeopleRight } from "@/lib/people/permissions";

/** Asks before anything is sent, so that the answer is a 404 and not a page that turns into one. */
export default async function PeopleLayout({ children }: { children: ReactNode }) {
  if (!hasPeopleRight(await pageCaller(), "view")) notFound();
  return children;
}
