"use client";

import { useTranslations } from "next-intl";
import { SearchBox } from "@/components/ui/search-box";
import { Select } from "@/components/ui/select";
import { useUrlState } from "@/components/ui/url-state";
import type { Person, TaskView } from "@/lib/tasks/model";

type Props = {
  view: TaskView;
  /** Whose tasks are shown until somebody is chosen. */
  me: string;
  /** Who works here, and who has left tasks behind. */
  people: readonly Person[];
};

/** What narrows the view: words, and of the view by people whose tasks. */
export function TasksToolbar({ view, me, people }: Props) {
  const t = useTranslations("tasks");
  const { get, go } = useUrlState();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchBox placeholder={t("search")} className="w-72 max-md:w-full" />
      {view === "person" && (
        <Select
          aria-label={t("person")}
          value={get("person") ?? me}
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={({ target }) => go({ person: target.value || null })}
          className="w-64 max-md:w-full"
        />
      )}
    </div>
  );
}
