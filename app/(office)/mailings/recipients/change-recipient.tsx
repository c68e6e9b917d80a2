"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Dialog } from "@/components/ui/dialog";
import { change, removeMany } from "./actions";
import { RecipientForm } from "./recipient-form";
import type { RecipientLine } from "./recipient-line";
import { SilentNotice } from "./silent-notice";

/** One's own recipient in a window: what is said of them, why they get nothing, and the way out. */
export function ChangeRecipient({ line }: { line: RecipientLine }) {
  const t = useTranslations("recipients");
  const [open, setOpen] = useState(false);
  const { id: recipientId, email } = line;
  const close = () => setOpen(false);
  const remove = async () => {
    const outcome = await removeMany({ recipientIds: [recipientId], found: null });
    if (outcome.ok) close();
    return outcome;
  };
  return (
    <>
      <Button
        look="ghost"
        size="sm"
        aria-label={t("form.changeOf", { email })}
        onClick={() => setOpen(true)}
      >
        {t("form.changeAct")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("form.change")} lead={email}>
        <div className="flex flex-col gap-4">
          {line.state !== "active" && (
            <SilentNotice line={line} state={line.state} onDone={close} />
          )}
          <RecipientForm
            values={line}
            save={(written) => change({ ...written, recipientId })}
            saved={t("form.saved")}
            after={close}
          />
          <Confirm
            trigger={
              <Button look="ghost" size="sm" className="self-start text-red">
                {t("remove.act")}
              </Button>
            }
            title={t("remove.one", { email })}
            act={t("remove.act")}
            danger
            onAct={remove}
          >
            {t("remove.text")}
          </Confirm>
        </div>
      </Dialog>
    </>
  );
}
