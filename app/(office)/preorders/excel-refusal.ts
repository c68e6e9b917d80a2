import type { Translator } from "@/lib/i18n/translator";

type Asked = Record<string, string | string[] | undefined>;

/** Why the link to the file has led back here; null: it has not. */
export function excelRefusal(t: Translator, asked: Asked): string | null {
  switch (asked.export) {
    case "wait":
      return t("preorders.excel.wait");
    case "none":
      return t("preorders.excel.none");
    case "points":
      return t("preorders.excel.points", { points: String(asked.points ?? "").slice(0, 200) });
    case "prices":
      return t("preorders.excel.prices", { articles: String(asked.articles ?? "").slice(0, 500) });
    case "stopped":
      return t("preorders.excel.stopped");
    default:
      return null;
  }
}
