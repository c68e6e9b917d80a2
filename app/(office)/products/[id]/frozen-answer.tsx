"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import { answerOne } from "../../approvals/actions";

type Props = {
  productId: string;
  decisionId: string;
  /** The price asked about, as it is written. */
  price: string;
};

/** A price that waits for a person, and the two answers to it. */
export function FrozenAnswer({ productId, decisionId, price }: Props) {
  const t = useTranslations("products.product");
  const tErrors = useTranslations("errors");
  const toast = useToast();
  const [pending, startTransition] = useTransition();
  const [asked, setAsked] = useState<"put" | "keep" | null>(null);
  const answer = (chosen: "put" | "keep") => {
    setAsked(chosen);
    startTransition(async () => {
      const result = await answerOne({ productId, decisionId, answer: chosen }).catch(() => null);
      if (result?.ok) return toast({ text: capitalised(result.value.text) });
      toast({ tone: "red", text: result ? result.failure.text : tErrors("no_connection") });
    });
  };
  const busy = (button: "put" | "keep") => pending && asked === button;
  return (
    <Notice tone="amber">
      <div className="flex flex-col gap-2.5">
        <p>{t("price.frozen")}</p>
        <div className="flex flex-wrap gap-2">
          <Button
            look="primary"
            pending={busy("put")}
            disabled={pending}
            onClick={() => answer("put")}
          >
            {t("answer.put", { price })}
          </Button>
          <Button pending={busy("keep")} disabled={pending} onClick={() => answer("keep")}>
            {t("answer.keep")}
          </Button>
        </div>
      </div>
    </Notice>
  );
}

/** On its own it is a sentence; in a list it follows the product's name. */
const capitalised = (text: string) => text.slice(0, 1).toLocaleUpperCase() + text.slice(1);
