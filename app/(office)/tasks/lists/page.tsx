import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Panel } from "@/components/panel";
import { BackLink } from "@/components/ui/back-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageCaller } from "@/lib/auth/session";
import { listColleagues } from "@/lib/people/colleague-queries";
import { taskAccess } from "@/lib/tasks/access";
import { listCategories } from "@/lib/tasks/category-queries";
import { tasksByList } from "@/lib/tasks/list-queries";
import { ListRow } from "./list-row";
import { NewList } from "./new-list";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("tasks.list"))("title") };
}

/** One's own lists and those that others share. */
export default async function ListsPage() {
  const [caller, t] = await Promise.all([pageCaller(), getTranslations("tasks.list")]);
  const { db, clock } = taskAccess();
  const [lists, people, counts] = await Promise.all([
    listCategories(db, caller, clock()),
    listColleagues(db),
    tasksByList(db, caller),
  ]);
  const others = people.filter(({ id }) => id !== caller.id);
  const groups = {
    mine: lists.filter(({ rights }) => rights === "owner"),
    shared: lists.filter(({ rights }) => rights !== "owner"),
  };
  return (
    <Page messages={["errors", "settings.saving", "tasks"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/tasks">{t("back")}</BackLink>
        <PageHeader title={t("title")} lead={t("lead")} action={<NewList />} />
      </div>
      {lists.length === 0 && (
        <div className="rounded-lg border bg-surface">
          <EmptyState title={t("empty.title")}>{t("empty.text")}</EmptyState>
        </div>
      )}
      {(["mine", "shared"] as const).map(
        (group) =>
          groups[group].length > 0 && (
            <Panel key={group} title={t(group)}>
              <ul className="flex flex-col">
                {groups[group].map((list) => (
                  <ListRow
                    key={list.id}
                    list={list}
                    tasks={counts.get(list.id) ?? 0}
                    people={others}
                  />
                ))}
              </ul>
            </Panel>
          ),
      )}
    </Page>
  );
}
