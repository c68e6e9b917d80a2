"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { forgetCounts } from "@/lib/products/counts-cache";
import { bulkRequest } from "@/lib/repricing/bulk/bulk-model";
import { listSkips } from "@/lib/repricing/bulk/bulk-queries";
import { changeMany, undoMany } from "@/lib/repricing/bulk/change-many";
import { previewMany } from "@/lib/repricing/bulk/preview-many";

const run = z.object({ runId: z.uuid() });

export const previewBulk = action(bulkRequest, (caller, asked) => {
  const { db, clock } = kaspiAccess();
  return previewMany(db, caller, asked, clock());
});

export const startBulk = action(bulkRequest, async (caller, request) => {
  const { db, clock } = kaspiAccess();
  const runId = await changeMany(db, caller, request, clock());
  forgetCounts(caller);
  revalidatePath("/products");
  return { runId };
});

export const undoBulk = action(run, async (caller, { runId }) => {
  const { db, clock } = kaspiAccess();
  await undoMany(db, caller, runId, clock());
  forgetCounts(caller);
  revalidatePath("/products");
});

export const bulkSkips = action(run, (caller, { runId }) =>
  listSkips(kaspiAccess().db, caller, runId),
);
