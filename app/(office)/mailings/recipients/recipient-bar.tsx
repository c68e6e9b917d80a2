"use client";

import { Cross2Icon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { Button, ButtonLink } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { IconButton } from "@/components/ui/icon-button";
import { useToast } from "@/components/ui/toast";
import { useCounted } from "@/components/use-counted";
import type { Chosen } from "@/lib/mailings/recipients/recipient-model";
import { removeMany } from "./actions";
import { TagMany } from "./tag-many";

type Props = {
  chosen: Chosen;
  /** How many that are. */
  count: number;
  /** How many there are in all, when more may be chosen. */
  more: number | null;
  onAll: () => void;
  onClear: () => void;
};

/** What is to be done with those that are ticked, or with all that are found. */
export function RecipientBar({ chosen, count, more, onAll, onClear }: Props) {
  const t = useTranslations("recipients");
  const toast = useToast();
  const counted = useCounted();
  const isAll = chosen.found !== null;
  const remove = async () => {
    const outcome = await removeMany(chosen);
    if (outcome.ok) {
      toast({ text: t("remove.done", counted(outcome.value.count)) });
      onClear();
    }
    return outcome;
  };
  return (
    <section
      aria-label={t("many.label")}
      className="sticky bottom-4 z-20 flex animate-appear flex-wrap items-center gap-2 rounded-lg border bg-raised px-3 py-2 shadow-pop max-md:bottom-16"
    >
      <p aria-live="polite" className="font-medium">
        {t(isAll ? "many.allChosen" : "many.chosen", counted(count))}
      </p>
      <span className="mr-auto">
        {more !== null && (
          <Button look="ghost" size="sm" onClick={onAll}>
            {t("many.all", counted(more))}
          </Button>
        )}
      </span>
      {!isAll && (
        <ButtonLink
          href={`/mailings/new?to=${chosen.recipientIds.join(",")}`}
          prefetch={false}
          look="primary"
          size="sm"
        >
          {t("many.mailing")}
        </ButtonLink>
      )}
      <TagMany chosen={chosen} count={count} onDone={onClear} />
      <Confirm
        trigger={<Button size="sm">{t("remove.act")}</Button>}
        title={t("remove.many", counted(count))}
        act={t("remove.act")}
        danger
        onAct={remove}
      >
        {t("remove.text")}
      </Confirm>
      <IconButton
        label={t("many.clear")}
        icon={<Cross2Icon />}
        onClick={onClear}
        className="size-7"
      />
    </section>
  );
}
