"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { sendAgain } from "../actions";
import type { AttemptLine, OfRun } from "./attempt-line";

type Props = { line: AttemptLine; of: OfRun };

/** One letter that has failed, or of which nobody knows, once more: a person has to want it. */
export function SendOneAgain({ line: { id, email, status }, of }: Props) {
  const t = useTranslations("mailings.acts");
  if (status !== "failure" && status !== "unknown") return null;
  return (
    <Confirm
      trigger={
        <Button look="ghost" size="sm" aria-label={t("one.of", { email })}>
          {t("one.act")}
        </Button>
      }
      title={t("one.title", { email })}
      act={t("one.act")}
      onAct={() => sendAgain({ ...of, end: status, attemptId: id })}
    >
      {t(status === "unknown" ? "one.unknown" : "one.failure")}
    </Confirm>
  );
}
