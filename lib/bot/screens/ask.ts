import type { Drawn, Wanted } from "../model";
import { button, type Sight } from "../sight";

/** The only thing that is typed: a name. */
export async function askScreen({ office, t }: Sight, wanted: Wanted): Promise<Drawn> {
  const rows = [[button(t("bot.cancel"), { back: 1 })]];
  switch (wanted.what) {
    case "list":
      return { text: t("bot.asked.list"), rows };
    case "name":
      return {
        text: t("bot.asked.name", { name: (await office.category(wanted.list)).name }),
        rows,
      };
    case "task":
      return {
        text: t("bot.asked.task", { name: (await office.category(wanted.list)).name }),
        rows,
      };
    case "title":
      return {
        text: t("bot.asked.title", { title: (await office.task(wanted.task)).title }),
        rows,
      };
  }
}
