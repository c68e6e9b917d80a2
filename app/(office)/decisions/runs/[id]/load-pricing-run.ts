import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { findPricingRun } from "@/lib/ledger/run-queries";

/** The check of the address, or the page that says there is none: forgotten, foreign or mistyped. */
export const loadPricingRun = cache(async (id: string) => {
  const caller = await pageCaller();
  if (!z.uuid().safeParse(id).success) notFound();
  const run = await findPricingRun(kaspiAccess().db, caller, id);
  if (!run) notFound();
  return run;
});
