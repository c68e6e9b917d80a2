"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { previewUndo, resumeBots, undoDecision, undoRun } from "@/lib/repricing/undo/undo";
import { undoWhyText } from "./undo-why-text";

const MOST_SKIPS = 50;

const run = z.object({ runId: z.uuid() });
const target = z.union([run, z.object({ decisionId: z.uuid() })]);

export const lookAtUndo = action(target, async (caller, asked) => {
  const { db, clock } = kaspiAccess();
  const { skipped, ...preview } = await previewUndo(db, caller, asked, clock());
  const t = translator(caller.locale);
  return {
    ...preview,
    skippedCount: skipped.length,
    skipped: skipped.slice(0, MOST_SKIPS).map(({ productId, cityId, name, why }) => ({
      key: `${productId} ${cityId}`,
      productId,
      name,
      why: undoWhyText(t, caller.locale, why),
    })),
  };
});

export const startUndo = action(target, async (caller, asked) => {
  const { db, clock } = kaspiAccess();
  const undoId =
    "runId" in asked
      ? await undoRun(db, caller, asked.runId, clock())
      : await undoDecision(db, caller, asked.decisionId, clock());
  revalidatePath("/", "layout");
  return { undoId };
});

export const letBotsGoOn = action(run, async (caller, { runId }) => {
  const { db, clock } = kaspiAccess();
  const count = await resumeBots(db, caller, runId, clock());
  revalidatePath("/", "layout");
  return { count };
});
