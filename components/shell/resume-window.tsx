"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import type { SaveOutcome } from "@/components/ui/save-outcome";

type Props = {
  /** The store's name; none means the whole office. */
  store?: string;
  resume: () => Promise<SaveOutcome>;
};

/** Sending starts again only when a person says so, here. */
export function ResumeWindow({ store, resume }: Props) {
  const t = useTranslations("stores.sending");
  return (
    <Confirm
      trigger={<Button size="sm">{t("resume")}</Button>}
      title={store === undefined ? t("resumeAllTitle") : t("resumeTitle", { store })}
      act={t("resume")}
      onAct={resume}
    >
      {t("resumeText")}
    </Confirm>
  );
}
