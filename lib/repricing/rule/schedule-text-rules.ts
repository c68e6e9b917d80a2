import { MOST_WINDOWS } from "./rule-bounds-model";
import type { ScheduleWindow } from "./rule-model";

/** A window as a form holds it: the days it opens on, `135` for Monday, Wednesday and Friday, and two times. */
export type WindowText = { days: string; from: string; to: string };

const line = /^([1-7]{1,7}) (\d\d:\d\d)-(\d\d:\d\d)$/;

/** `12345 09:00-21:00; 67 10:00-02:00` as rows of a form, complete or not. */
export function windowRows(text: string): WindowText[] {
  return partsOf(text).map((part) => {
    const [, days = "", from = "", to = ""] = /^(\d*)\s*([\d:]*)-([\d:]*)$/.exec(part) ?? [];
    return { days, from, to };
  });
}

const partsOf = (text: string) =>
  text
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "");

export function windowsText(rows: readonly WindowText[]): string {
  return rows.map(({ days, from, to }) => `${days} ${from}-${to}`).join("; ");
}

/** The windows that rows stand for; null when one of them is not complete, or there is none or too many. */
export function parseWindows(text: string): ScheduleWindow[] | null {
  const windows = partsOf(text).map(parseWindow);
  if (windows.length === 0 || windows.length > MOST_WINDOWS) return null;
  return windows.every((window) => window !== null) ? windows : null;
}

function parseWindow(text: string): ScheduleWindow | null {
  const [, days, from, to] = line.exec(text) ?? [];
  const [opens, closes] = [minuteOf(from), minuteOf(to)];
  if (!days || opens === null || closes === null) return null;
  return { days: [...new Set(days)].sort().map(Number), from: opens, to: closes };
}

function minuteOf(time = ""): number | null {
  const [hours = 24, minutes = 60] = time.split(":").map(Number);
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}

/** 540 → `09:00`. */
export function clockText(minute: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

export function textOfWindows(windows: readonly ScheduleWindow[]): string {
  return windowsText(
    windows.map(({ days, from, to }) => ({
      days: days.join(""),
      from: clockText(from),
      to: clockText(to),
    })),
  );
}
