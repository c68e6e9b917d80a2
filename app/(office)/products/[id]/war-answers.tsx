"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { useAct } from "@/components/use-act";
import { type WarAnswer, warAnswers } from "@/lib/price-wars/answer-model";
import { answerPriceWar, takeBackWarAnswer } from "./war/actions";

/** Each answer changes the rule at once; what it means stands beside it. */
export function WarAnswers({ warId }: { warId: string }) {
  const t = useTranslations("wars");
  const label = useId();
  const { pending, act } = useAct();
  const [asked, setAsked] = useState<WarAnswer | null>(null);
  const choose = (answer: WarAnswer) => {
    setAsked(answer);
    act(() => answerPriceWar({ warId, answer }), t("panel.done"));
  };
  return (
    <div className="flex flex-col gap-1">
      <h3 id={label} className="text-ink-faint text-xs">
        {t("panel.what")}
      </h3>
      <ul aria-labelledby={label} className="divide-y">
        {warAnswers.map((answer) => (
          <li
            key={answer}
            className="flex items-center justify-between gap-4 py-2 max-sm:flex-col max-sm:items-start max-sm:gap-2"
          >
            <p className="text-ink-soft text-sm">{t(`means.${answer}`)}</p>
            <Button
              className="shrink-0"
              pending={pending && asked === answer}
              disabled={pending}
              onClick={() => choose(answer)}
            >
              {t(`answer.${answer}`)}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The rule as it was before the answer. */
export function TakeBack({ warId }: { warId: string }) {
  const t = useTranslations("wars.panel");
  const { pending, act } = useAct();
  return (
    <Button
      className="self-start"
      pending={pending}
      onClick={() => act(() => takeBackWarAnswer({ warId }), t("isBack"))}
    >
      {t("back")}
    </Button>
  );
}
