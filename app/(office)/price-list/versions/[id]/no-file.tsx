import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/ui/notice";
import type { Caller } from "@/lib/auth/model";
import { kaspiAccess } from "@/lib/exits/access";
import { problemOfTable } from "@/lib/price-list/download-list";

type Props = { why: "wait" | "table"; listId: string; caller: Caller };

/** Why the link to a file has led back here. */
export async function NoFile({ why, listId, caller }: Props) {
  const [t, tExport] = await Promise.all([
    getTranslations("errors"),
    getTranslations("ledger.export"),
  ]);
  if (why === "wait") return <Notice tone="amber">{tExport("wait")}</Notice>;
  const problem = await problemOfTable(kaspiAccess().db, caller, listId);
  return problem && <Notice tone="amber">{t(problem.key, problem.params)}</Notice>;
}
