"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { TimeAgo } from "@/components/time-ago";
import { StatusDot } from "@/components/ui/badge";
import { useCounted } from "@/components/use-counted";
import type { TableImport } from "@/lib/table-files/import-queries";

type Props = {
  imports: readonly Pick<TableImport, "id" | "fileName" | "state" | "lines" | "seenAt">[];
};

const tones = { seen: "amber", applied: "green", undone: "plain" } as const;

/** What was uploaded lately, each with its own page. */
export function RecentImports({ imports }: Props) {
  const t = useTranslations("tables.import");
  const counted = useCounted();
  return (
    <Panel title={t("recent")}>
      {imports.length === 0 && <p className="text-ink-soft text-sm">{t("none")}</p>}
      <ul className="flex flex-col">
        {imports.map(({ id, fileName, state, lines, seenAt }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t py-2">
            <Link href={`/products/import/${id}`} className="min-w-0 truncate text-blue">
              {fileName}
            </Link>
            <span className="text-ink-soft text-sm">{t("lines", counted(lines))}</span>
            <span className="ml-auto flex items-center gap-4 text-sm">
              <StatusDot tone={tones[state]}>{t(`state.${state}`)}</StatusDot>
              <TimeAgo at={seenAt} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
