import { errorText } from "@/lib/i18n/error-text";
import type { Locale } from "@/lib/i18n/locales";
import { formatMoney } from "@/lib/i18n/money";
import { translator } from "@/lib/i18n/translator";
import { headerOf } from "@/lib/repricing/cost-floor/cost-lines";
import type { ImportFinding, ImportReport } from "@/lib/repricing/cost-floor/import-model";

/** A report with its findings as sentences. */
export type ImportAnswer = Omit<ImportReport, "findings"> & {
  findings: { line: number; article: string; text: string }[];
};

export function importAnswer(report: ImportReport, locale: Locale): ImportAnswer {
  const t = translator(locale);
  const money = (amount: number) => formatMoney(amount, locale);
  const say = (finding: ImportFinding): string => {
    switch (finding.kind) {
      case "unknown":
        return t("costs.import.unknown");
      case "unreadable": {
        const why = errorText(t, { kind: "invalid", key: finding.key, params: {} });
        return t("costs.import.unreadable", { column: headerOf(t, finding.column), why });
      }
      case "doubtful": {
        const { name, storeName, floor, price } = finding;
        const amounts = { floor: money(floor), price: money(price) };
        return t("costs.import.doubtful", { name: name ?? "", store: storeName, ...amounts });
      }
      case "several": {
        const stores = finding.storeNames.map((name) => t("costs.import.quoted", { name }));
        return t("costs.import.several", { stores: stores.join(", ") });
      }
    }
  };
  const findings = report.findings.map((finding) => ({
    line: finding.line,
    article: finding.article,
    text: say(finding),
  }));
  return { ...report, findings };
}
