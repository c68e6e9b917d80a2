import { useTranslations } from "next-intl";
import { TimeAgo } from "@/components/time-ago";
import { Banner } from "@/components/ui/banner";

export type Stop = { at: Date; by: string | null };

/** Somebody has stopped sending prices: for the whole office, or for one store. */
export function StoppedBanner({ stop, store }: { stop: Stop; store?: string }) {
  const t = useTranslations("common.banner");
  const parts = { who: stop.by ?? t("somebody"), when: () => <TimeAgo at={stop.at} /> };
  return (
    <Banner tone="red">
      {store ? t.rich("stoppedStore", { ...parts, store }) : t.rich("stopped", parts)}
    </Banner>
  );
}

export function TwinBanner() {
  const t = useTranslations("common.banner");
  return <Banner tone="plain">{t("twin")}</Banner>;
}
