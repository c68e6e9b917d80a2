"use client";

import { useTranslations } from "next-intl";

/** The deadlines a rule offers, in minutes after the notice. */
export const offeredDue = [30, 120, 480, 1440, 4320, 10080] as const;

/** «через 2 часа»; whatever else a program has said, in minutes. */
export function useDueWords(): (minutes: number) => string {
  const t = useTranslations("tasks.rules");
  return (minutes) => {
    const offered = offeredDue.find((one) => one === minutes);
    return offered ? t(`dueIn.${offered}`) : t("dueMinutes", { count: minutes });
  };
}
