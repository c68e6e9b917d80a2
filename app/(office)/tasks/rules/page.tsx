import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { BackLink } from "@/components/ui/back-link";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { pageCaller } from "@/lib/auth/session";
import { listColleagues } from "@/lib/people/colleague-queries";
import { listStoreNames } from "@/lib/stores/queries";
import { taskAccess } from "@/lib/tasks/access";
import { listCategories } from "@/lib/tasks/category-queries";
import { listRules } from "@/lib/tasks/rule-queries";
import { NewRule } from "./new-rule";
import { RuleRow } from "./rule-row";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("tasks.rules"))("title") };
}

/** One's own rules: what makes a task, for whom and by when. */
export default async function RulesPage() {
  const [caller, t, tLists] = await Promise.all([
    pageCaller(),
    getTranslations("tasks.rules"),
    getTranslations("tasks"),
  ]);
  const { db, clock } = taskAccess();
  const [rules, lists, people, stores] = await Promise.all([
    listRules(db, caller),
    listCategories(db, caller, clock()),
    listColleagues(db),
    listStoreNames(db, caller),
  ]);
  const editable = lists.filter(({ rights }) => rights !== "view");
  const names = editable.map(({ id, name }) => ({ id, name }));
  const shops = stores.map(({ id, name }) => ({ id, name }));
  const act = names.length > 0 && <NewRule lists={names} people={people} stores={shops} />;
  return (
    <Page messages={["errors", "settings.saving", "tasks"]}>
      <div className="flex flex-col gap-2">
        <BackLink href="/tasks">{t("back")}</BackLink>
        <PageHeader title={t("title")} lead={t("lead")} action={act} />
      </div>
      {names.length === 0 && (
        <Notice action={<ButtonLink href="/tasks/lists">{tLists("lists")}</ButtonLink>}>
          {t("needList")}
        </Notice>
      )}
      <div className="rounded-lg border bg-surface">
        {rules.length === 0 ? (
          <EmptyState title={t("empty.title")}>{t("empty.text")}</EmptyState>
        ) : (
          <ul className="flex flex-col p-4">
            {rules.map((rule) => (
              <RuleRow key={rule.id} rule={rule} />
            ))}
          </ul>
        )}
      </div>
    </Page>
  );
}
