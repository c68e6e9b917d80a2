import { getLocale } from "next-intl/server";
import { LiveRefresh } from "@/components/live-refresh";
import { ButtonLink } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { UrlStateProvider } from "@/components/ui/url-state";
import type { Caller } from "@/lib/auth/model";
import { translator } from "@/lib/i18n/translator";
import { PAGE, tasksAddress } from "@/lib/tasks/list-model";
import type { TaskRow } from "@/lib/tasks/model";
import { CategoryNav } from "./category-nav";
import { loadTasks } from "./load-tasks";
import { NoTasks } from "./no-tasks";
import { QuickAdd } from "./quick-add";
import { TaskList } from "./task-list";
import { TaskPanel } from "./task-panel";
import { TaskTabs } from "./task-tabs";
import { TasksBoard } from "./tasks-board";
import { TasksToolbar } from "./tasks-toolbar";

const LOOK_AGAIN_MS = 30_000;

type Props = {
  caller: Caller;
  asked: Record<string, string | string[] | undefined>;
  /** The one that stands open beside the list. */
  task: TaskRow | null;
};

export async function TasksScreen({ caller, asked, task }: Props) {
  const locale = await getLocale();
  const address = tasksAddress.parse(asked);
  const t = translator(locale);
  const found = await loadTasks(caller, { address, task, locale });
  const { lines, total, lists, people, detail } = found;
  const open = lists.find(({ id }) => id === address.list);
  return (
    <Page messages={["errors", "tasks"]}>
      <PageHeader
        title={t("tasks.title")}
        lead={t("tasks.lead")}
        action={
          <>
            <ButtonLink href="/tasks/rules">{t("tasks.rulesLink")}</ButtonLink>
            <ButtonLink href="/tasks/lists">{t("tasks.lists")}</ButtonLink>
          </>
        }
      />
      <UrlStateProvider>
        <TasksBoard
          key={JSON.stringify(address)}
          address={JSON.stringify(address)}
          shown={lines.map(({ id, categoryId }) => ({ id, categoryId }))}
          lists={lists}
          people={people}
        >
          <TaskTabs chosen={address.view} overdue={found.overdue} />
          <div className="grid items-start gap-4 lg:grid-cols-[14rem_minmax(0,1fr)]">
            <CategoryNav chosen={address.list ?? null} />
            <div className="flex min-w-0 flex-col gap-3">
              <QuickAdd
                key={`${address.list} ${found.about?.id}`}
                listId={open?.rights === "view" ? null : (open?.id ?? null)}
                chips={found.chips}
                about={found.about}
              />
              <TasksToolbar
                view={address.view}
                me={caller.id}
                people={[...people, ...found.gone]}
              />
              <TaskList
                lines={lines}
                empty={<NoTasks view={address.view} isSearched={address.q !== ""} />}
              />
              {total > PAGE && <Pagination page={address.page} pageSize={PAGE} total={total} />}
            </div>
          </div>
          {detail && <TaskPanel key={detail.id} task={detail} />}
        </TasksBoard>
      </UrlStateProvider>
      <LiveRefresh everyMs={LOOK_AGAIN_MS} withPanel />
    </Page>
  );
}
