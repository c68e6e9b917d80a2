"use client";

import { useTranslations } from "next-intl";
import { SearchBox } from "@/components/ui/search-box";
import { Select } from "@/components/ui/select";
import { useUrlState } from "@/components/ui/url-state";
import type { TaskView } from "@/lib/tasks/model";
import { useBoard } from "./tasks-board";

/** What narrows the view: words, and of the view by people whose tasks. */
export function TasksToolbar({ view }: { view: TaskView }) {
  const t = useTranslations("tasks");
  const { get, go } = useUrlState();
  const { people } = useBoard();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchBox placeholder={t("search")} className="w-72 max-md:w-full" />
      {view === "person" && (
        <Select
          aria-label={t("person")}
          value={get("person") ?? ""}
          options={[
            { value: "", label: t("choosePerson") },
            ...people.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={({ target }) => go({ person: target.value || null })}
          className="w-64 max-md:w-full"
        />
      )}
    </div>
  );
}
