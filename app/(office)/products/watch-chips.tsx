"use client";

import { Cross2Icon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { UrlLink } from "@/components/ui/url-link";
import { useUrlState } from "@/components/ui/url-state";
import { todayFilters, watchFilters } from "@/lib/products/filter-model";

/** Lists that numbers of the overview have led to; a click shows the others again. */
export function WatchChips() {
  const t = useTranslations("overview.watch");
  const { get } = useUrlState();
  const watch = watchFilters.find((name) => name === get("watch"));
  const today = todayFilters.find((name) => name === get("today"));
  return (
    <>
      {watch && <Chip name="watch" what={`${t("label")}: ${t(watch)}`} />}
      {today && <Chip name="today" what={t(`today.${today}`)} />}
    </>
  );
}

function Chip({ name, what }: { name: "watch" | "today"; what: string }) {
  const t = useTranslations("overview.watch");
  return (
    <UrlLink
      patch={{ [name]: null }}
      aria-label={t("remove", { what })}
      className="inline-flex min-h-7 items-center gap-1.5 self-start rounded-md bg-blue-soft px-2 text-blue text-sm hover:underline pointer-coarse:min-h-9"
    >
      {what}
      <Cross2Icon aria-hidden="true" className="size-3" />
    </UrlLink>
  );
}
