"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";

type Props = {
  tags: readonly { tag: string; count: number }[];
  picked: ReadonlySet<string>;
  onPick: (tag: string, isOn: boolean) => void;
  /** Chosen one by one on the page of recipients. */
  chosen: readonly { id: string; email: string }[];
  onNoneChosen: () => void;
};

/** Who gets it when not all do: those with a tag, and those chosen one by one. */
export function MailingTo({ tags, picked, onPick, chosen, onNoneChosen }: Props) {
  const t = useTranslations("mailings.form");
  if (tags.length === 0 && chosen.length === 0)
    return <p className="text-ink-soft text-sm">{t("noTags")}</p>;
  return (
    <div className="flex flex-col gap-2">
      {tags.length > 0 && (
        <div className="flex max-h-80 flex-wrap gap-x-6 gap-y-1 overflow-y-auto">
          {tags.map(({ tag, count }) => (
            <Checkbox
              key={tag}
              checked={picked.has(tag)}
              onChange={({ target }) => onPick(tag, target.checked)}
            >
              <span className="break-all">{t("tag", { tag, count })}</span>
            </Checkbox>
          ))}
        </div>
      )}
      {chosen.length > 0 && (
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
          <details className="min-w-0 text-sm">
            <summary className="cursor-pointer">{t("chosen", { count: chosen.length })}</summary>
            <ul className="mt-1 max-h-60 overflow-y-auto text-ink-soft">
              {chosen.map(({ id, email }) => (
                <li key={id} className="break-all">
                  {email}
                </li>
              ))}
            </ul>
          </details>
          <Button look="ghost" size="sm" onClick={onNoneChosen}>
            {t("noneChosen")}
          </Button>
        </div>
      )}
    </div>
  );
}
