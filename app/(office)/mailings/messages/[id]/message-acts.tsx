"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { useAct } from "@/components/use-act";
import { copy, remove } from "../actions";

type Props = { messageId: string; mayRemove: boolean };

/** A copy of one's own, and the end of it. */
export function MessageActs({ messageId, mayRemove }: Props) {
  const t = useTranslations("letters.acts");
  const router = useRouter();
  const { act, pending } = useAct();
  const takeCopy = () =>
    act(async () => {
      const outcome = await copy({ messageId });
      if (outcome.ok) router.push(`/mailings/messages/${outcome.value.id}`);
      return outcome;
    }, t("copied"));
  return (
    <div className="flex flex-wrap gap-2">
      <Button pending={pending} onClick={takeCopy}>
        {t("copy")}
      </Button>
      {mayRemove && (
        <Confirm
          trigger={<Button>{t("remove.act")}</Button>}
          title={t("remove.title")}
          act={t("remove.act")}
          danger
          onAct={async () => {
            const outcome = await remove({ messageId });
            if (outcome.ok) router.push("/mailings/messages");
            return outcome;
          }}
        >
          {t("remove.text")}
        </Confirm>
      )}
    </div>
  );
}
