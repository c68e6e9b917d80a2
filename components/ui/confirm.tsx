"use client";

import { useTranslations } from "next-intl";
import { AlertDialog as Radix } from "radix-ui";
import { type ReactNode, useState, useTransition } from "react";
import { Button } from "./button";
import { cn } from "./class-names";
import { overlayLook, windowLook } from "./dialog";
import { Notice } from "./notice";
import type { SaveOutcome } from "./save-outcome";

type Props = {
  /** The button that asks. */
  trigger: ReactNode;
  /** Names the act and how many it touches: «Выключить бот у 128 товаров?» */
  title: string;
  /** What will happen, the worst case, and whether it can be undone. */
  children?: ReactNode;
  /** Repeats the verb: «Выключить», never «Да». */
  act: string;
  danger?: boolean;
  /** The window stays open with the reason when this fails. */
  onAct: () => Promise<SaveOutcome>;
};

/** Asks before something wide or hard to undo. */
export function Confirm({ trigger, title, children, act, danger = false, onAct }: Props) {
  const t = useTranslations();
  const [open, setOpen] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const run = () => {
    startTransition(async () => {
      const outcome = await onAct().catch(() => null);
      if (outcome?.ok) return setOpen(false);
      setFailure(outcome ? outcome.failure.text : t("errors.no_connection"));
    });
  };
  const change = (next: boolean) => {
    setFailure(null);
    setOpen(next);
  };
  return (
    <Radix.Root open={open} onOpenChange={change}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        {/* Asked from a window, it dims that window as well. */}
        <Radix.Overlay className={cn(overlayLook, "z-50")} />
        <Radix.Content className={windowLook}>
          <div className="flex flex-col gap-2 overflow-y-auto px-5 pt-4 pb-5">
            <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
            <Radix.Description asChild>
              <div className="text-ink-soft">{children}</div>
            </Radix.Description>
            {failure && <Notice tone="red">{failure}</Notice>}
          </div>
          <div className="flex justify-end gap-2 border-t px-5 py-3">
            <Radix.Cancel asChild>
              <Button>{t("common.actions.cancel")}</Button>
            </Radix.Cancel>
            <Button look={danger ? "danger" : "primary"} pending={pending} onClick={run}>
              {act}
            </Button>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
