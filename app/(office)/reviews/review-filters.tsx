"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { SearchBox } from "@/components/ui/search-box";
import { Select } from "@/components/ui/select";
import { useUrlState } from "@/components/ui/url-state";
import { contentChoices, periodDays, type StarChoice, starChoices } from "@/lib/reviews/list-model";

export const nothingChosen = {
  q: null,
  stars: null,
  days: null,
  with: null,
  card: null,
  review: null,
};

export type CardChoice = { value: string; label: string };

/** What a list of reviews is narrowed by; a choice takes effect at once. */
export function ReviewFilters({ cards = [] }: { cards?: readonly CardChoice[] }) {
  const t = useTranslations("reviews.filter");
  const tList = useTranslations("reviews");
  const { get, go } = useUrlState();
  const isNarrowed = Object.keys(nothingChosen).some((name) => get(name));
  const starWord = (choice: StarChoice) =>
    choice === "low" || choice === "none" ? t(choice) : t("some", { count: Number(choice) });
  return (
    <div className="flex w-full flex-wrap items-center gap-2 max-md:grid max-md:grid-cols-2">
      <SearchBox placeholder={tList("search")} className="w-64 max-md:col-span-2 max-md:w-full" />
      <Select
        aria-label={t("stars")}
        value={get("stars") ?? ""}
        options={[
          { value: "", label: t("any") },
          ...starChoices.map((choice) => ({ value: choice, label: starWord(choice) })),
        ]}
        onChange={({ target }) => go({ stars: target.value || null })}
      />
      <Select
        aria-label={t("days")}
        value={get("days") ?? ""}
        options={[
          { value: "", label: t("always") },
          ...periodDays.map((days) => ({
            value: `${days}`,
            label: t("last", { count: days }),
          })),
        ]}
        onChange={({ target }) => go({ days: target.value || null })}
      />
      <Select
        aria-label={t("with")}
        value={get("with") ?? ""}
        options={[
          { value: "", label: t("all") },
          ...contentChoices.map((choice) => ({ value: choice, label: t(choice) })),
        ]}
        onChange={({ target }) => go({ with: target.value || null })}
      />
      {cards.length > 0 && (
        <Select
          aria-label={t("card")}
          className="max-w-72 max-md:max-w-none"
          value={get("card") ?? ""}
          options={[{ value: "", label: t("cards") }, ...cards]}
          onChange={({ target }) => go({ card: target.value || null })}
        />
      )}
      {isNarrowed && (
        <Button look="ghost" onClick={() => go(nothingChosen)}>
          {t("clear")}
        </Button>
      )}
    </div>
  );
}
