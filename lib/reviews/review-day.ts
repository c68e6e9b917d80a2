import { wallClock } from "@/lib/i18n/dates";

/** Today, as reviews have it: their days are Kaspi's, those of Kazakhstan, wherever the workspace is. */
export const reviewDay = (now: Date): string => wallClock(now, "Asia/Almaty").slice(0, 10);
