"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { BulkBar } from "./bulk-bar";
import type { TaskLine } from "./task-line";
import { TaskRow } from "./task-row";

type Props = { lines: readonly TaskLine[]; empty: ReactNode };

export function TaskList({ lines, empty }: Props) {
  const t = useTranslations("tasks");
  if (lines.length === 0) return <div className="rounded-lg border bg-surface">{empty}</div>;
  return (
    <>
      <ul aria-label={t("title")} className="rounded-lg border bg-surface">
        {lines.map((line) => (
          <TaskRow key={line.id} line={line} />
        ))}
      </ul>
      <BulkBar lines={lines} />
    </>
  );
}
