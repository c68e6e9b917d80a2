import type { Act, Screen, Wanted } from "./model";
import type { Office, OfficeDesk } from "./office";
import type { Sight } from "./sight";

type Doing = Sight & { desk: OfficeDesk; telegramId: number };

/** What a button does; the answer is what Telegram shows for a moment. Throws as `callOffice`. */
export async function carryOut({ office, desk, telegramId, t }: Doing, act: Act): Promise<string> {
  switch (act.act) {
    case "complete":
      await office.complete(act.task);
      return t("bot.did.complete");
    case "reopen":
      await office.reopen(act.task);
      return t("bot.did.reopen");
    case "delete":
      await office.deleteTask(act.task);
      return t("bot.did.delete");
    case "assign":
      await assign(office, act);
      return t("bot.did.assign");
    case "due":
      await office.changeTask(act.task, { due_at: act.at });
      return t("bot.did.due");
    case "delete-list":
      await office.deleteCategory(act.list);
      return t("bot.did.delete");
    case "language":
      await desk.changeUser(telegramId, { locale: act.locale });
      return "";
    case "mute":
      await desk.changeUser(telegramId, { muted: act.muted });
      return t(act.muted ? "bot.isMuted" : "bot.isTold");
  }
}

/** Whoever else has it by now keeps it. */
async function assign(
  office: Office,
  { task, user, isTheirs }: Extract<Act, { act: "assign" }>,
): Promise<void> {
  const { assignees } = await office.task(task);
  const others = assignees.map(({ id }) => id).filter((id) => id !== user);
  await office.assign(task, isTheirs ? [...others, user] : others);
}

/** What was typed becomes; the answer is the screen that shows it. Throws as `callOffice`. */
export async function takeName({ office }: Sight, wanted: Wanted, typed: string): Promise<Screen> {
  switch (wanted.what) {
    case "task": {
      const { id } = await office.addTask(wanted.list, typed);
      return { name: "task", task: id };
    }
    case "title":
      await office.changeTask(wanted.task, { title: typed });
      return { name: "task", task: wanted.task };
    case "list": {
      const { id } = await office.addCategory(typed);
      return { name: "tasks", of: { view: "list", list: id }, page: 1 };
    }
    case "name":
      await office.renameCategory(wanted.list, typed);
      return { name: "list", list: wanted.list };
  }
}
