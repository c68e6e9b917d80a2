import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { pageCaller } from "@/lib/auth/session";
import { kaspiAccess } from "@/lib/exits/access";
import { runs } from "@/lib/jobs/runs";
import { findRunLine } from "@/lib/runs/history-queries";

/** The run of the address with its steps, or the page that says there is none: forgotten, foreign or mistyped. */
export const loadRun = cache(async (id: string) => {
  const caller = await pageCaller();
  if (!z.uuid().safeParse(id).success) notFound();
  const { db } = kaspiAccess();
  const line = await findRunLine(db, caller, id);
  const view = line && (await runs.get(line.id, db));
  if (!view) notFound();
  return { line, view };
});
