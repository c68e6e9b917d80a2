"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { cancelRun, retryRun } from "@/lib/runs/change-run";
import { putOffSync } from "@/lib/sync/put-off-sync";

const run = z.object({ runId: z.uuid() });

export const cancel = action(run, async (caller, { runId }) => {
  const { db, clock } = kaspiAccess();
  await cancelRun(db, caller, runId, clock(), putOffSync);
  revalidatePath("/", "layout");
});

export const retry = action(run, async (caller, { runId }) => {
  const { db, clock } = kaspiAccess();
  await retryRun(db, caller, runId, clock());
  revalidatePath("/", "layout");
});
