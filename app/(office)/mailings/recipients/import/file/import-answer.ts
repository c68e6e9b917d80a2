import { errorText } from "@/lib/i18n/error-text";
import type { Locale } from "@/lib/i18n/locales";
import { formatNumber } from "@/lib/i18n/money";
import { translator } from "@/lib/i18n/translator";
import { MOST_TAGS } from "@/lib/mailings/model";
import type { ImportFinding, ImportReport } from "@/lib/mailings/recipients/import-model";
import { columnName } from "@/lib/mailings/recipients/recipient-lines";

/** A report with its findings as sentences. */
export type ImportAnswer = Omit<ImportReport, "findings"> & {
  findings: { line: number; email: string; text: string }[];
};

export function importAnswer(report: ImportReport, locale: Locale): ImportAnswer {
  const t = translator(locale);
  const say = (finding: ImportFinding): string => {
    switch (finding.kind) {
      case "unreadable": {
        const why = errorText(t, { kind: "invalid", key: finding.key, params: {} });
        return t("recipients.import.unreadable", { column: columnName(t, finding.column), why });
      }
      case "twice":
        return t("recipients.import.isTwice", { line: formatNumber(finding.firstLine, locale) });
      case "there":
        return t("recipients.import.isThere");
      case "full":
        return t("recipients.import.isFull", { most: formatNumber(MOST_TAGS, locale) });
    }
  };
  const findings = report.findings.map((finding) => ({
    line: finding.line,
    email: finding.email,
    text: say(finding),
  }));
  return { ...report, findings };
}
