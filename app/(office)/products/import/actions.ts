"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { forgetCounts } from "@/lib/products/counts-cache";
import { applyImport } from "@/lib/table-files/apply-import";
import { applySchema, importSchema, takeSchema } from "@/lib/table-files/import-model";
import { takeConflicts } from "@/lib/table-files/take-conflicts";
import { undoImport } from "@/lib/table-files/undo-import";

const pageOf = (importId: string) => `/products/import/${importId}`;

export const apply = action(applySchema, async (caller, { importId, confirm }) => {
  const { db, clock } = kaspiAccess();
  await applyImport(db, caller, { importId, confirm }, clock());
  forgetCounts(caller);
  revalidatePath(pageOf(importId));
});

export const undo = action(importSchema, async (caller, { importId }) => {
  const { db, clock } = kaspiAccess();
  await undoImport(db, caller, importId, clock());
  forgetCounts(caller);
  revalidatePath(pageOf(importId));
});

export const take = action(takeSchema, async (caller, asked) => {
  const { db, clock } = kaspiAccess();
  await takeConflicts(db, caller, asked, clock());
  revalidatePath(pageOf(asked.importId));
});
