"use client";

import { Cross2Icon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { IconButton } from "@/components/ui/icon-button";
import type { SaveOutcome } from "@/components/ui/save-outcome";
import { useToast } from "@/components/ui/toast";

export type Dismiss = (input: { noticeId: string }) => Promise<SaveOutcome>;

type Props = { noticeId: string; dismiss: Dismiss; onRed: boolean };

export function DismissButton({ noticeId, dismiss, onRed }: Props) {
  const t = useTranslations();
  const toast = useToast();
  const [pending, startTransition] = useTransition();
  const run = () =>
    startTransition(async () => {
      const outcome = await dismiss({ noticeId }).catch(() => null);
      if (outcome?.ok) return;
      toast({ tone: "red", text: outcome?.failure.text ?? t("errors.no_connection") });
    });
  return (
    <IconButton
      label={t("notices.dismiss")}
      icon={<Cross2Icon />}
      disabled={pending}
      onClick={run}
      className={
        onRed
          ? "-my-1 text-on-solid hover:bg-transparent hover:text-on-solid"
          : "-my-1 text-current"
      }
    />
  );
}
