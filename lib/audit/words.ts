import type { AuditAction } from "@/lib/auth/audit-model";
import { formatMoment } from "@/lib/i18n/dates";
import type { Locale } from "@/lib/i18n/locales";
import { formatMoney, formatNumber, formatPercent } from "@/lib/i18n/money";
import type { Translator } from "@/lib/i18n/translator";
import { COMMAND_LINE, jobOf } from "@/lib/log/origin";
import { changesOf, factsOf } from "./change-rules";
import type { AuditRow } from "./queries";

export type AuditReader = {
  t: Translator;
  locale: Locale;
  timeZone: string;
  /** What ids in the details are called. */
  names: ReadonlyMap<string, string>;
};

const money: ReadonlySet<string> = new Set(
  "floor ceiling price cost packaging other returns minProfit fee priceFrom back".split(" "),
);
const shares: ReadonlySet<string> = new Set(
  "ceilingMarkup outlierPercent maxDrop maxRise freeze".split(" "),
);
/** Hundredths of a percent. */
const rates: ReadonlySet<string> = new Set(["minMargin", "rate"]);

/** A message that may not be there: details are older than the texts for them. */
function said(t: Translator, key: string): string | null {
  const known = key as "audit.title";
  return t.has(known) ? t(known) : null;
}

export const actionText = (t: Translator, action: string) =>
  said(t, `audit.actions.${action}`) ?? action;

const fieldText = (t: Translator, field: string) => said(t, `audit.fields.${field}`) ?? field;

/** A word of the house, not of a person: those have blanks, capitals or other letters. */
const wordText = (t: Translator, value: string) =>
  /^[a-z_]{2,40}$/.test(value)
    ? (said(t, `audit.words.${value}`) ?? said(t, `permissions.name.${value}`))
    : null;

/** A value of the details in the reader's language. */
export function valueText(reader: AuditReader, field: string | null, value: unknown): string {
  const { t, locale, names } = reader;
  if (value === null || value === undefined || value === "") return t("audit.value.none");
  if (typeof value === "boolean") return t(value ? "audit.value.yes" : "audit.value.no");
  if (typeof value === "number") return numberText(locale, field, value);
  if (typeof value === "string")
    return names.get(value) ?? wordText(t, value) ?? timeText(reader, value);
  if (Array.isArray(value)) return listText(reader, field, value);
  return recordText(reader, value as Record<string, unknown>);
}

function numberText(locale: Locale, field: string | null, value: number): string {
  if (field !== null && money.has(field)) return formatMoney(value, locale);
  if (field !== null && shares.has(field)) return formatPercent(value, locale);
  if (field !== null && rates.has(field)) return formatPercent(value / 100, locale);
  return formatNumber(value, locale);
}

function timeText({ locale, timeZone }: AuditReader, value: string): string {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)
    ? formatMoment(new Date(value), { locale, timeZone })
    : value;
}

const MOST_LISTED = 12;

function listText(reader: AuditReader, field: string | null, values: unknown[]): string {
  if (values.length === 0) return reader.t("audit.value.none");
  const listed = values.slice(0, MOST_LISTED).map((value) => valueText(reader, field, value));
  return [...listed, ...(values.length > MOST_LISTED ? ["…"] : [])].join(", ");
}

/** An amount says its unit, a choice its kind; anything else its parts. */
function recordText(reader: AuditReader, record: Record<string, unknown>): string {
  const { locale, t } = reader;
  const { unit, value, kind, ...rest } = record;
  if (unit === "tenge" && typeof value === "number") return formatMoney(value, locale);
  if (unit === "percent" && typeof value === "number") return formatPercent(value, locale);
  const parts = Object.entries({ ...(value !== undefined && { value }), ...rest });
  const texts = parts.map(
    ([name, part]) => `${fieldText(t, name)}: ${valueText(reader, name, part)}`,
  );
  return (
    [...(kind ? [valueText(reader, null, kind)] : []), ...texts].join(", ") || t("audit.value.none")
  );
}

/** A name under a value before and after it, or under a fact. */
export type AuditChange = { label: string | null; before: string; after: string };
export type AuditFact = { label: string; value: string };

/** An entry in words: what the page shows and what stands in the file. */
export type AuditWords = {
  who: string;
  what: string;
  subject: string | null;
  from: string;
  changes: AuditChange[];
  facts: AuditFact[];
};

export function auditWords(reader: AuditReader, entry: AuditRow): AuditWords {
  const { t } = reader;
  const { details } = entry;
  const isPrice =
    "wanted" in details || entry.action === ("product.price_set" satisfies AuditAction);
  return {
    who: entry.userName ?? t("audit.who.system"),
    what: actionText(t, entry.action),
    subject: entry.subjectName ?? nameIn(details),
    from: fromText(t, entry.address),
    changes: changesOf(details).map(({ field, before, after }) => ({
      label: field && fieldText(t, field),
      before: valueText(reader, field ?? (isPrice ? "price" : null), before),
      after: valueText(reader, field ?? (isPrice ? "price" : null), after),
    })),
    facts: factsOf(details).map(({ field, value }) => ({
      label: fieldText(t, field),
      value: valueText(reader, field, value),
    })),
  };
}

const naming = ["name", "email", "login", "label"] as const;

function nameIn(details: Record<string, unknown>): string | null {
  const name = naming.map((field) => details[field]).find((text) => typeof text === "string");
  return typeof name === "string" ? name : null;
}

/** Where it was done from. */
function fromText(t: Translator, address: string | null): string {
  if (address === null) return "";
  if (address === COMMAND_LINE) return t("audit.from.commandLine");
  if (address === "unknown") return t("audit.from.unknown");
  const job = jobOf(address);
  if (job === null) return address;
  return t("audit.from.job", { job: said(t, `runs.job.${job}`) ?? job });
}
