"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { SearchBox } from "@/components/ui/search-box";
import { Select } from "@/components/ui/select";
import { useUrlState } from "@/components/ui/url-state";
import { mailingStatuses } from "@/lib/mailings/status-model";

const nothingChosen = { q: null, status: null, owner: null };

type Props = {
  /** Whose they may be; empty for whoever sees only their own. */
  owners: readonly { id: string; name: string }[];
};

/** What the list is narrowed by; a choice takes effect at once. */
export function MailingsFilters({ owners }: Props) {
  const t = useTranslations("mailings");
  const { get, go } = useUrlState();
  const isNarrowed = Object.keys(nothingChosen).some((name) => get(name));
  const states = mailingStatuses.map((value) => ({ value, label: t(`state.${value}`) }));
  const people = owners.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div className="flex flex-wrap items-center gap-2 max-md:grid max-md:grid-cols-2">
      <SearchBox
        placeholder={t("search")}
        className="w-64 max-md:w-full max-md:[grid-column:1/-1]"
      />
      <Select
        aria-label={t("status")}
        value={get("status") ?? ""}
        options={[{ value: "", label: t("anyStatus") }, ...states]}
        onChange={({ target }) => go({ status: target.value || null })}
      />
      {people.length > 0 && (
        <Select
          aria-label={t("owner")}
          value={get("owner") ?? ""}
          options={[{ value: "", label: t("anyOwner") }, ...people]}
          onChange={({ target }) => go({ owner: target.value || null })}
          className="max-w-56"
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
