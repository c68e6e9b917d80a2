import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TimeAgo } from "@/components/time-ago";
import { Banner } from "@/components/ui/banner";

export type Stop = { at: Date; by: string | null };

type StoppedProps = {
  stop: Stop;
  store?: string;
  /** The way back, for those who may. */
  action?: ReactNode;
};

/** Somebody has stopped sending prices: for the whole office, or for one store. */
export function StoppedBanner({ stop, store, action }: StoppedProps) {
  const t = useTranslations("common.banner");
  const parts = { who: stop.by ?? t("somebody"), when: () => <TimeAgo at={stop.at} /> };
  return (
    <Banner tone="red" action={action}>
      {store ? t.rich("stoppedStore", { ...parts, store }) : t.rich("stopped", parts)}
    </Banner>
  );
}

export function TwinBanner() {
  const t = useTranslations("common.banner");
  return <Banner tone="plain">{t("twin")}</Banner>;
}
