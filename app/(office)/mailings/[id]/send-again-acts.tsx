"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { sendAgain } from "../actions";

/** The run that is looked at, and how many would get its letter again. */
export type Again = { run: number; failure: number; unknown: number };

const ends = ["failure", "unknown"] as const;

/** All that have failed in a run once more, or all of whom nobody knows: apart, as the latter may get it twice. */
export function SendAgainActs({ mailingId, again }: { mailingId: number; again: Again }) {
  const t = useTranslations("mailings.acts");
  const { run } = again;
  return ends.map(
    (end) =>
      again[end] > 0 && (
        <Confirm
          key={end}
          trigger={<Button>{t(`${end}.act`)}</Button>}
          title={t(`${end}.title`, { count: again[end] })}
          act={t(`${end}.act`)}
          onAct={() => sendAgain({ mailingId, run, end, attemptId: null })}
        >
          {t(`${end}.text`, { run })}
        </Confirm>
      ),
  );
}
