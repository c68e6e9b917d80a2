"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { SearchBox } from "@/components/ui/search-box";
import { Select } from "@/components/ui/select";
import { useUrlState } from "@/components/ui/url-state";
import { recipientStates } from "@/lib/mailings/recipients/recipient-list-model";

const nothingChosen = { q: null, tag: null, state: null, owner: null };

type Props = {
  tags: readonly string[];
  /** Whose they may be; empty for whoever sees only their own. */
  owners: readonly { id: string; name: string }[];
};

/** What the list is narrowed by; a choice takes effect at once. */
export function RecipientFilters({ tags, owners }: Props) {
  const t = useTranslations("recipients");
  const { get, go } = useUrlState();
  const isNarrowed = Object.keys(nothingChosen).some((name) => get(name));
  const choices = [
    {
      name: "tag",
      any: t("filter.anyTag"),
      options: tags.map((tag) => ({ value: tag, label: tag })),
    },
    {
      name: "state",
      any: t("filter.anyState"),
      options: recipientStates.map((state) => ({ value: state, label: t(`state.${state}`) })),
    },
    {
      name: "owner",
      any: t("filter.anyOwner"),
      options: owners.map(({ id, name }) => ({ value: id, label: name })),
    },
  ] as const;
  return (
    <div className="flex w-full flex-wrap items-center gap-2 max-md:grid max-md:grid-cols-2">
      <SearchBox placeholder={t("search")} className="w-72 max-md:col-span-2 max-md:w-full" />
      {choices.map(
        ({ name, any, options }) =>
          options.length > 0 && (
            <Select
              key={name}
              aria-label={t(`filter.${name}`)}
              value={get(name) ?? ""}
              options={[{ value: "", label: any }, ...options]}
              onChange={({ target }) => go({ [name]: target.value || null })}
              className="max-w-56"
            />
          ),
      )}
      {isNarrowed && (
        <Button look="ghost" onClick={() => go(nothingChosen)}>
          {t("filter.clear")}
        </Button>
      )}
    </div>
  );
}
