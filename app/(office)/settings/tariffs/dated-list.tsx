"use client";

import { TrashIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Confirm } from "@/components/ui/confirm";
import { IconButton } from "@/components/ui/icon-button";
import { takeTariffAway } from "./actions";
import type { TariffLine } from "./tariff-line";

type Props = { lines: readonly TariffLine[]; mayWrite: boolean };

/** The tariffs that were, that count and that will, each with its day and where it is from. */
export function DatedList({ lines, mayWrite }: Props) {
  const t = useTranslations("costs.page");
  if (lines.length === 0) return <p className="text-ink-faint">{t("notSet")}</p>;
  return (
    <ul className="flex flex-col text-sm">
      {lines.map(({ id, day, text, source, state }) => (
        <li
          key={id}
          className="flex items-center justify-between gap-3 border-t py-1.5 first:border-t-0"
        >
          <span className={state === "past" ? "text-ink-faint" : undefined}>
            <span className="font-medium">{text}</span> {t("from", { day })}{" "}
            {state !== "past" && (
              <Badge tone={state === "now" ? "green" : "blue"}>{t(`state.${state}`)}</Badge>
            )}
            <span className="block text-ink-faint text-xs">{source ?? t("noSource")}</span>
          </span>
          {mayWrite && (
            <Confirm
              trigger={<IconButton label={t("remove", { text, day })} icon={<TrashIcon />} />}
              title={t("removeTitle", { text, day })}
              act={t("removeAct")}
              danger
              onAct={() => takeTariffAway({ tariffId: id })}
            >
              {t("removeWhat")}
            </Confirm>
          )}
        </li>
      ))}
    </ul>
  );
}
