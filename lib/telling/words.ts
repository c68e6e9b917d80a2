import { shortened } from "@/lib/core/text";
import { formatDate, formatDayTime, formatMoment } from "@/lib/i18n/dates";
import type { Locale } from "@/lib/i18n/locales";
import { formatMoney, narrow } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";
import { type NoticeLink, noticeLinks } from "@/lib/notices/link-model";
import type { NoticeKind } from "@/lib/notices/model";
import { jobName } from "@/lib/runs/words";
import type { Words } from "@/lib/telegram/client";
import { type NewsVerb, newsPressOf } from "@/lib/telegram/news-press-model";
import type { Standing } from "./news-queries";
import type { Telling } from "./sending-queries";
import type { Digest } from "./topic-model";

/** Who reads it, and where their office is. */
export type Reader = { t: Translator; locale: Locale; timeZone: string; officeUrl: string };
export type Told = Pick<Telling, "id" | "kind" | "params" | "maybeSent"> & Standing;

/** Telegram takes 4096. */
const LONGEST = 3_900;
const LONGEST_LINE = 180;
/** The most that a day and a time take. */
const MOMENT = 30;

/** What is told in one message: one piece of news, or what has come together. */
export function messageOf(reader: Reader, told: readonly [Told, ...Told[]]): Words {
  const [first] = told;
  const { text, buttons } = told.length > 1 ? many(reader, told) : one(reader, first);
  const maybe = first.maybeSent ? `${reader.t("telling.maybe")}\n` : "";
  return { text: shortened(`${maybe}${text}`, LONGEST), buttons };
}

type Said = Required<Words>;

function one(reader: Reader, told: Told): Said {
  if (told.kind === "overdue" || told.kind === "day") return digest[told.kind](reader, told);
  return { text: noticeText(reader, told), buttons: buttonsOf(reader, told) };
}

function many(reader: Reader, told: readonly [Told, ...Told[]]): Said {
  return told[0].kind === "price_frozen" ? manyPrices(reader, told.length) : manyDue(reader, told);
}

/** They are answered in the office: nobody presses through so many. */
function manyPrices({ t, officeUrl }: Reader, count: number): Said {
  return { text: `${t("telling.day.frozen", { count })}\n${officeUrl}/approvals`, buttons: [] };
}

function manyDue(reader: Reader, told: readonly [Told, ...Told[]]): Said {
  const { t, officeUrl } = reader;
  const lines = told.map(({ params }) => {
    const title = shortened(String(params.title), LONGEST_LINE - MOMENT);
    return ["• ", title, params.due ? ` · ${dueText(reader, params)}` : ""].join("");
  });
  const head = t("telling.due", { count: told.length });
  return {
    text: [head, ...lines, `${officeUrl}/tasks`].join("\n"),
    buttons: [[buttonOf(t, told[0], "list")]],
  };
}

const dueText = (
  { locale, timeZone }: Pick<Reader, "locale" | "timeZone">,
  { due }: Told["params"],
) => (due ? formatDayTime(new Date(String(due)), { locale, timeZone }) : "");

const digest: Record<Digest, (reader: Reader, told: Told) => Said> = {
  overdue({ t, officeUrl }, told) {
    const count = Number(told.params.count);
    const titles = String(told.params.titles).split("\n");
    const lines = titles.map((title) => `• ${shortened(title, LONGEST_LINE)}`);
    const more = count > lines.length ? [t("telling.more", { count: count - lines.length })] : [];
    const head = t("telling.overdue", { count });
    return {
      text: [head, ...lines, ...more, `${officeUrl}/tasks?view=overdue`].join("\n"),
      buttons: [[buttonOf(t, told, "list")]],
    };
  },
  day({ t, locale, officeUrl }, { params }) {
    const figure = (name: string) => Number(params[name] ?? 0);
    const date = formatDate(new Date(`${params.date}T00:00:00Z`), { locale, timeZone: "UTC" });
    const lines = [
      t("telling.day.head", { date }),
      figure("orders") > 0 &&
        t("telling.day.orders", {
          count: figure("orders"),
          sum: formatMoney(figure("sum"), locale),
        }),
      figure("changes") > 0 && t("telling.day.changes", { count: figure("changes") }),
      figure("frozen") > 0 && t("telling.day.frozen", { count: figure("frozen") }),
      `${officeUrl}/overview`,
    ].filter((line) => line !== false);
    return { text: lines.map(narrow).join("\n"), buttons: [] };
  },
};

/** A notice as the office says it, without marks; where something can be done about it is an address. */
function noticeText({ t, locale, timeZone, officeUrl }: Reader, { kind, params, storeName }: Told) {
  const links = noticeLinks(params);
  const addresses: string[] = [];
  const leadsTo = (link: NoticeLink) => (words: string) => {
    addresses.push(`${link === "task" ? "" : `${words}: `}${officeUrl}${links[link]}`);
    return link === "task" ? words : "";
  };
  const moment = (name: string) =>
    params[name] ? formatMoment(new Date(String(params[name])), { locale, timeZone }) : "";
  const money = (name: string) => (params[name] ? formatMoney(Number(params[name]), locale) : "—");
  const marks = Object.fromEntries(
    (Object.keys(links) as NoticeLink[]).map((link) => [link, leadsTo(link)]),
  );
  const text = t.markup(`notices.${kind as NoticeKind}`, {
    ...params,
    ...marks,
    scope: storeName ? "store" : "none",
    store: storeName ?? String(params.store ?? ""),
    job: jobName(t, String(params.job)),
    by: String(params.by ?? ""),
    text: shortened(String(params.text ?? ""), 1_000),
    before: money("before"),
    wanted: money("wanted"),
    until: () => moment("until"),
    due: () => dueText({ locale, timeZone }, params),
    login: () => String(params.login ?? ""),
  });
  return [narrow(text).trim(), ...addresses].join("\n");
}

function buttonsOf({ t }: Reader, told: Told): Said["buttons"] {
  if (told.kind === "price_frozen" && told.mayAnswer)
    return [[priceButton(t, told, "accept"), priceButton(t, told, "reject")]];
  if (told.kind === "task_due" || told.kind === "task_soon" || told.kind === "task_assigned")
    return [[buttonOf(t, told, "open"), buttonOf(t, told, "done")]];
  if (told.kind === "task_commented") return [[buttonOf(t, told, "open")]];
  return [];
}

/** It answers the price that is shown, and no other. */
const priceButton = (t: Translator, { id, params }: Told, verb: "accept" | "reject") => ({
  text: t(`telling.button.${verb}`),
  data: newsPressOf(id, verb, Number(params.wanted ?? 0)),
});

const buttonOf = (t: Translator, { id }: Pick<Told, "id">, verb: NewsVerb) => ({
  text: t(`telling.button.${verb}`),
  data: newsPressOf(id, verb),
});
