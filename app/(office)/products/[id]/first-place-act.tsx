"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { MoneyDoubt } from "@/components/money-doubt";
import { Button } from "@/components/ui/button";
import { useAct } from "@/components/use-act";
import { formatMoney } from "@/lib/i18n/money";
import { aimAtFirst, setPrice } from "../actions";

type Props = {
  productId: string;
  /** The city whose rule it is; null: the product's. */
  cityId: string | null;
  priceCity: string;
  price: number;
  how: "rule" | "hand" | null;
};

/** One press: the bot aims at the first place, or, without a bot, the price is put there. */
export function FirstPlaceAct({ productId, cityId, priceCity, price, how }: Props) {
  const t = useTranslations("rule.firstPlace");
  const locale = useLocale();
  const { pending, act } = useAct();
  const [doubt, setDoubt] = useState<string | null>(null);
  const shown = formatMoney(price, locale);
  if (how === null) return null;
  const byRule = () =>
    act(() => aimAtFirst({ productId, ...(cityId && { cityId }) }), t("byRuleDone"));
  const byHand = (confirm: boolean) =>
    act(
      async () => {
        setDoubt(null);
        const typed = { price: String(price), hold: false, confirm };
        const answer = await setPrice({ productId, cityId: priceCity, ...typed });
        if (!answer.ok && answer.failure.kind === "confirmation_needed")
          setDoubt(answer.failure.text);
        return answer;
      },
      t("byHandDone", { price: shown }),
    );
  return (
    <>
      <Button
        pending={pending}
        onClick={how === "rule" ? byRule : () => byHand(false)}
        className="self-start"
      >
        {t(how === "rule" ? "byRule" : "byHand", { price: shown })}
      </Button>
      {doubt && (
        <MoneyDoubt
          title={t("byHand", { price: shown })}
          text={doubt}
          act={t("byHand", { price: shown })}
          onClose={() => setDoubt(null)}
          onFix={() => setDoubt(null)}
          onAct={() => byHand(true)}
        />
      )}
    </>
  );
}
