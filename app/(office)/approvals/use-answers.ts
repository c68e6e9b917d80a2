"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { useCounted } from "@/components/use-counted";
import { answerMany, answerOne } from "./actions";
import type { ApprovalLine } from "./approval-line";

export type Answer = "put" | "keep";
/** What an answer has come to; it stays on the page after its row has gone. */
export type Said = { id: string; product: string | null; text: string; tone: "plain" | "red" };

/** Answers one price or many, and remembers what came of each. */
export function useAnswers() {
  const t = useTranslations("approvals");
  const tErrors = useTranslations("errors");
  const counted = useCounted();
  const [said, setSaid] = useState<Said[]>([]);
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [pending, startTransition] = useTransition();
  const say = (id: string, product: string | null, text: string, tone: Said["tone"] = "plain") =>
    setSaid((before) => [{ id, product, text, tone }, ...before.filter((one) => one.id !== id)]);

  const one = ({ productId, decisionId, productName }: ApprovalLine, answer: Answer) =>
    startTransition(async () => {
      setBusy(new Set([decisionId]));
      const result = await answerOne({ productId, decisionId, answer }).catch(() => null);
      if (result?.ok) say(decisionId, productName, result.value.text);
      else say(decisionId, productName, result?.failure.text ?? tErrors("no_connection"), "red");
      setBusy(new Set());
    });

  const many = (decisionIds: string[], answer: Answer, done: () => void) =>
    startTransition(async () => {
      setBusy(new Set(decisionIds));
      const result = await answerMany({ decisionIds, answer }).catch(() => null);
      const id = decisionIds.join();
      if (!result?.ok) say(id, null, result?.failure.text ?? tErrors("no_connection"), "red");
      else {
        const { count, gone } = result.value;
        const rest = gone > 0 ? ` ${t("many.gone", counted(gone))}` : "";
        say(id, null, t(`many.${answer}`, counted(count)) + rest);
        done();
      }
      setBusy(new Set());
    });

  return { said, busy, pending, one, many };
}
