import type { Clock } from "@/lib/core/time";
import { formatDayTime } from "@/lib/i18n/dates";
import type { Translator } from "@/lib/i18n/translator";
import type { OfficeUser, Task } from "./answers-model";
import { buttonText, lineText } from "./cut-text";
import type { Button, Screen } from "./model";
import { type Office, ON_A_SCREEN } from "./office";

/** Who looks, in what words, and what they may ask of the office. */
export type Sight = { user: OfficeUser; office: Office; t: Translator; clock: Clock };

/** `21 ноя, 18:00`, by the person's clock. */
export const momentText = ({ user }: Sight, at: string) =>
  formatDayTime(new Date(at), { locale: user.locale, timeZone: user.time_zone });

/** A task in one line: whether it is done or late, what, and until when. */
export function taskLine(sight: Sight, { title, due_at, is_done, priority }: Task): string {
  const isLate = !is_done && due_at !== null && new Date(due_at) < sight.clock();
  const mark = is_done ? "✓ " : isLate ? "⏰ " : priority === "high" ? "❗ " : "";
  const due = due_at === null || is_done ? "" : ` · ${momentText(sight, due_at)}`;
  return `${mark}${lineText(title, mark.length + due.length)}${due}`;
}

export const button = (text: string, to: Button["to"]): Button => ({ text: buttonText(text), to });

export const backButton = ({ t }: Sight): Button => button(t("bot.back"), { back: 1 });

/** Ways to the pages beside this one; none where there is one page. */
export function pageButtons(count: number, page: number, at: (page: number) => Screen): Button[][] {
  const last = Math.max(1, Math.ceil(count / ON_A_SCREEN));
  if (last === 1) return [];
  const earlier = page > 1 ? [button("‹", { turn: at(page - 1) })] : [];
  const later = page < last ? [button("›", { turn: at(page + 1) })] : [];
  return [[...earlier, button(`${page} / ${last}`, { turn: at(page) }), ...later]];
}

/** Two beside each other. */
export function inPairs(buttons: readonly Button[]): Button[][] {
  return Array.from({ length: Math.ceil(buttons.length / 2) }, (_, nth) =>
    buttons.slice(nth * 2, nth * 2 + 2),
  );
}
