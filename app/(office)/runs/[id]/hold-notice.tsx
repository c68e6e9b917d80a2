import Link from "next/link";
import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import { isKeptGoing } from "@/lib/runs/cancel-model";
import type { RunLine } from "@/lib/runs/history-model";
import { holdPath } from "../hold-path";

/** Why a run of prices has no button to cancel it, and what stops it. */
export function HoldNotice({ run: { job, about } }: { run: RunLine }) {
  const t = useTranslations("runs.page.keptGoing");
  const hold = holdPath(about);
  if (!isKeptGoing(job) || !hold) return null;
  return (
    <Notice>
      {t.rich(job, {
        store: (words) => (
          <Link href={hold} className="text-blue underline-offset-2 hover:underline">
            {words}
          </Link>
        ),
      })}
    </Notice>
  );
}
