"use client";

import { Cross2Icon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { UrlLink } from "@/components/ui/url-link";
import { useUrlState } from "@/components/ui/url-state";
import { watchFilters } from "@/lib/products/filter-model";

/** A list that a number of the overview has led to; a click shows the others again. */
export function WatchChip() {
  const t = useTranslations("overview.watch");
  const { get } = useUrlState();
  const watch = watchFilters.find((name) => name === get("watch"));
  if (!watch) return null;
  const what = `${t("label")}: ${t(watch)}`;
  return (
    <UrlLink
      patch={{ watch: null }}
      aria-label={t("remove", { what })}
      className="inline-flex min-h-7 items-center gap-1.5 self-start rounded-md bg-blue-soft px-2 text-blue text-sm hover:underline pointer-coarse:min-h-9"
    >
      {what}
      <Cross2Icon aria-hidden="true" className="size-3" />
    </UrlLink>
  );
}
