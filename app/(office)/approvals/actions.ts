"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { APPROVALS_SHOWN } from "@/lib/ledger/filter-model";
import {
  approveFrozen,
  approveManyFrozen,
  keepManyPrices,
  keepPrice,
} from "@/lib/repricing/hold/answer-frozen";
import { rejectHold, releaseHold } from "@/lib/repricing/hold/answer-hold";
import { frozenAnswerText } from "@/lib/repricing/hold/frozen-answer-text";

const answer = z.enum(["put", "keep"]);

/** The number of what waits stands on every page. */
const everywhere = () => revalidatePath("/", "layout");

export const answerOne = action(
  z.object({ productId: z.uuid(), decisionId: z.uuid(), answer }),
  async (caller, { answer: chosen, ...question }) => {
    const access = kaspiAccess();
    const fate =
      chosen === "put"
        ? await approveFrozen(access, caller, question)
        : await keepPrice(access.db, caller, question, access.clock());
    everywhere();
    const text = frozenAnswerText(translator(caller.locale), caller.locale, fate ?? null);
    return { kind: fate?.kind ?? "kept", text };
  },
);

export const answerMany = action(
  z.object({ decisionIds: z.array(z.uuid()).min(1).max(APPROVALS_SHOWN), answer }),
  async (caller, { answer: chosen, decisionIds }) => {
    const { db, clock } = kaspiAccess();
    if (chosen === "keep") {
      const { kept, gone } = await keepManyPrices(db, caller, decisionIds, clock());
      everywhere();
      return { count: kept, gone };
    }
    const { accepted, gone } = await approveManyFrozen(db, caller, decisionIds, clock());
    everywhere();
    return { count: accepted, gone };
  },
);

const hold = z.object({ holdId: z.uuid() });

export const sendHeld = action(hold, async (caller, { holdId }) => {
  const { db, clock } = kaspiAccess();
  const sent = await releaseHold(db, caller, holdId, clock());
  everywhere();
  return sent;
});

export const refuseHeld = action(hold, async (caller, { holdId }) => {
  const { db, clock } = kaspiAccess();
  const refused = await rejectHold(db, caller, holdId, clock());
  everywhere();
  return refused;
});
