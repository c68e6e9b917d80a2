import { z } from "zod";
import type { Caller } from "@/lib/auth/model";
import { kaspiAccess } from "@/lib/exits/access";
import type { Translator } from "@/lib/i18n/translator";
import { approveFrozen, type FrozenAnswer, keepPrice } from "@/lib/repricing/hold/answer-frozen";
import { frozenAnswerText } from "@/lib/repricing/hold/frozen-answer-text";
import { productOfDecision } from "../decisions/decision-queries";
import { operation } from "../operation";

const one = { tag: "products", params: z.object({ id: z.uuid() }) };

const answer = z
  .object({
    success: z.literal(true),
    kind: z
      .enum(["changes", "frozen_anew", "unread", "stays", "kept"])
      .describe(
        "`changes`: the price goes out, `frozen_anew`: the market wants more than was agreed to, `unread`: it cannot be read now, the yes stands for a day, `stays`: no change is needed, `kept`: it was a no",
      ),
    price: z.int().nullable().describe("What it will be, whole tenge; null: as it is"),
    text: z.string(),
  })
  .meta({ id: "FrozenAnswer" });

function toAnswer(
  given: FrozenAnswer | null,
  caller: Caller,
  t: Translator,
): z.input<typeof answer> {
  const text = frozenAnswerText(t, caller.locale, given);
  const price = given?.kind === "changes" ? given.price : null;
  return { success: true, kind: given?.kind ?? "kept", price, text };
}

export const decisionOperations = [
  operation({
    ...one,
    id: "approveDecision",
    waits: true,
    method: "POST",
    path: "/decisions/{id}/approve/",
    summary: "Agrees to a frozen price: its market is read now and decided again",
    scope: "write",
    answers: { 200: answer },
    async handle({ caller, params: { id: decisionId }, request, t }) {
      const access = kaspiAccess();
      const productId = await productOfDecision(access.db, caller, decisionId);
      const question = { productId, decisionId };
      const given = await approveFrozen(access, caller, question, request.signal);
      return { body: toAnswer(given, caller, t) };
    },
  }),
  operation({
    ...one,
    id: "rejectDecision",
    method: "POST",
    path: "/decisions/{id}/reject/",
    summary: "Refuses a frozen price: it is not asked again until the rule or the market changes",
    scope: "write",
    answers: { 200: answer },
    async handle({ caller, params: { id: decisionId }, t }) {
      const { db, clock } = kaspiAccess();
      const productId = await productOfDecision(db, caller, decisionId);
      await keepPrice(db, caller, { productId, decisionId }, clock());
      return { body: toAnswer(null, caller, t) };
    },
  }),
];
