import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";

const parts = ["ours", "own", "kaspi", "preorders", "never"] as const;

/** Which files are taken, and what an empty cell means in each. */
export function HowItWorks() {
  const t = useTranslations("tables.import.how");
  return (
    <Panel title={t("title")}>
      <ul className="flex list-disc flex-col gap-2 pl-5 text-ink-soft text-sm">
        {parts.map((part) => (
          <li key={part}>{t(part)}</li>
        ))}
      </ul>
    </Panel>
  );
}
