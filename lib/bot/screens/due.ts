import { instantAt, localDate, localText } from "@/lib/core/local-time";
import { formatDayTime, formatMonth } from "@/lib/i18n/dates";
import { dayAfter, hourText, monthAfter, weeksOf } from "../day-rules";
import type { Button, Drawn } from "../model";
import { backButton, button, momentText, type Sight } from "../sight";

/** Of the day's hours those when shops work are at hand. */
const HOURS = Array.from({ length: 16 }, (_, nth) => nth + 7);
const IN_A_ROW = 4;
const QUARTERS = [0, 15, 30, 45];

const inRows = (buttons: readonly Button[], most: number): Button[][] =>
  Array.from({ length: Math.ceil(buttons.length / most) }, (_, nth) =>
    buttons.slice(nth * most, nth * most + most),
  );

/** A deadline by buttons: the usual ones, any other day, or none. */
export async function dueScreen(sight: Sight, task: string): Promise<Drawn> {
  const { office, t, user, clock } = sight;
  const { title, due_at } = await office.task(task);
  const now = clock();
  const today = localDate(now, user.time_zone);
  const usual = [
    ...(localText(now, user.time_zone) < `${today}T18:00` ? [["today", today, 18] as const] : []),
    ["tomorrowMorning", dayAfter(today, 1), 10] as const,
    ["tomorrowEvening", dayAfter(today, 1), 18] as const,
    ["inThreeDays", dayAfter(today, 3), 18] as const,
    ["inAWeek", dayAfter(today, 7), 18] as const,
  ].map(([name, day, hour]) => {
    const at = instantAt(`${day}T${hourText(hour)}`, user.time_zone).toISOString();
    return button(t(`bot.usual.${name}`), { do: { act: "due", task, at }, back: 1 });
  });
  const none = due_at
    ? [button(t("bot.noDue"), { do: { act: "due", task, at: null }, back: 1 })]
    : [];
  return {
    text: `${title}\n${due_at ? t("bot.facts.due", { at: momentText(sight, due_at) }) : t("bot.dueAsked")}`,
    rows: [
      ...inRows(usual, 2),
      [
        button(t("bot.otherDay"), { open: { name: "month", task, month: today.slice(0, 7) } }),
        ...none,
      ],
      [backButton(sight)],
    ],
  };
}

/** The moments of a day that can be chosen: those to come. */
const momentsOf = ({ user, clock }: Sight, day: string, hours: readonly number[]): Date[] =>
  hours
    .flatMap((hour) => QUARTERS.map((minute) => `${day}T${hourText(hour, minute)}`))
    .map((local) => instantAt(local, user.time_zone))
    .filter((moment) => moment > clock());

/** A month's days; those that are over cannot be chosen. */
export async function monthScreen(sight: Sight, task: string, month: string): Promise<Drawn> {
  const { t, user, clock } = sight;
  const today = localDate(clock(), user.time_zone);
  const here = { name: "month", task, month } as const;
  const blank = button("·", { turn: here });
  const turnTo = (other: string) => ({ turn: { name: "month", task, month: other } }) as const;
  const earlier = month > today.slice(0, 7) ? button("‹", turnTo(monthAfter(month, -1))) : blank;
  const cell = (day: string | null) =>
    day === null || day < today || momentsOf(sight, day, HOURS).length === 0
      ? blank
      : button(String(Number(day.slice(8))), { open: { name: "hour", task, day } });
  return {
    text: t("bot.dayAsked"),
    rows: [
      [
        earlier,
        button(formatMonth(month, user.locale), { turn: here }),
        button("›", turnTo(monthAfter(month, 1))),
      ],
      ...weeksOf(month).map((week) => week.map(cell)),
      [backButton(sight)],
    ],
  };
}

export async function hourScreen(sight: Sight, task: string, day: string): Promise<Drawn> {
  const left = HOURS.filter((hour) => momentsOf(sight, day, [hour]).length > 0);
  const hours = left.map((hour) =>
    button(hourText(hour), { open: { name: "minute", task, day, hour } }),
  );
  return {
    text: sight.t("bot.hourAsked"),
    rows: [...inRows(hours, IN_A_ROW), [backButton(sight)]],
  };
}

/** The last step: back to the task over all four screens. */
export async function minuteScreen(
  sight: Sight,
  task: string,
  { day, hour }: { day: string; hour: number },
): Promise<Drawn> {
  const { t, user } = sight;
  const minutes = momentsOf(sight, day, [hour]).map((moment) => {
    const at = moment.toISOString();
    const text = formatDayTime(moment, { locale: user.locale, timeZone: user.time_zone });
    return button(text, { do: { act: "due", task, at }, back: 4 });
  });
  return { text: t("bot.minuteAsked"), rows: [...inRows(minutes, 2), [backButton(sight)]] };
}
