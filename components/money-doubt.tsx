"use client";

import { useTranslations } from "next-intl";
import { AlertDialog as Radix } from "radix-ui";
import { Button } from "./ui/button";
import { overlayLook, windowLook } from "./ui/dialog";

type Props = {
  title: string;
  text: string;
  act: string;
  onAct: () => void;
  onFix: () => void;
  onClose: () => void;
};

/** Asks back about an amount that looks like a typing error; the one who asks takes the focus back. */
export function MoneyDoubt({ title, text, act, onAct, onFix, onClose }: Props) {
  const t = useTranslations("common.money");
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={overlayLook} />
        <Radix.Content className={windowLook} onCloseAutoFocus={(event) => event.preventDefault()}>
          <div className="flex flex-col gap-2 px-5 pt-4 pb-5">
            <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
            <Radix.Description className="text-ink-soft">{text}</Radix.Description>
          </div>
          <div className="flex justify-end gap-2 border-t px-5 py-3">
            <Radix.Action asChild>
              <Button onClick={onAct}>{act}</Button>
            </Radix.Action>
            <Radix.Cancel asChild>
              <Button look="primary" onClick={onFix}>
                {t("fix")}
              </Button>
            </Radix.Cancel>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
