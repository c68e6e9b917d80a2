"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Switch } from "@/components/ui/switch";
import type { RuleLine } from "@/lib/tasks/rule-kind-model";
import { remove, turn } from "./actions";
import { useDueWords } from "./due-words";

export function RuleRow({ rule }: { rule: RuleLine }) {
  const t = useTranslations("tasks.rules");
  const dueWords = useDueWords();
  const { id: ruleId, noticeKind, storeId, storeName, assignee, categoryName, made } = rule;
  const kind = t(`kinds.${noticeKind}`);
  const of = storeId === null ? t("anyStore") : (storeName ?? t("hiddenStore"));
  return (
    <li className="grid gap-x-6 gap-y-2 border-t py-3 first:border-t-0 first:pt-0 last:pb-0 md:grid-cols-[1fr_auto]">
      <div className="flex min-w-0 flex-col gap-0.5">
        <p className="break-words font-medium">
          {kind}: {of}
        </p>
        <p className="break-words text-ink-soft">
          {t("sentence", {
            person: assignee.name,
            list: categoryName,
            due: dueWords(rule.dueMinutes),
          })}
        </p>
        {rule.trouble ? (
          <p className="text-amber text-sm">{t(`trouble.${rule.trouble}`)}</p>
        ) : (
          <p className="text-ink-faint text-sm">{t("made", { count: made })}</p>
        )}
      </div>
      <div className="flex items-center gap-4 md:justify-end">
        <div className="flex items-center gap-2 text-sm">
          <span className="text-ink-soft">{t("works")}</span>
          <Switch
            label={t("switch", { kind })}
            on={rule.isActive}
            save={(on) => turn({ ruleId, on })}
          />
        </div>
        <Confirm
          trigger={<Button size="sm">{t("remove")}</Button>}
          title={t("removeTitle")}
          act={t("remove")}
          danger
          onAct={() => remove({ ruleId })}
        >
          {t("removeText")}
        </Confirm>
      </div>
    </li>
  );
}
