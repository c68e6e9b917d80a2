"use client";

import { Cross2Icon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { overlayLook } from "./dialog";
import { IconButton } from "./icon-button";
import { shutListFirst } from "./shut-list-first";
import { useReturnFocus } from "./use-return-focus";

type Props = {
  open: boolean;
  onClose: () => void;
  title: string;
  /** One line under the title. */
  lead?: ReactNode;
  children: ReactNode;
};

/** Details of one thing beside the list it stands in; the whole screen on a phone. */
export function SidePanel({ open, onClose, title, lead, children }: Props) {
  const t = useTranslations("common.actions");
  const returnFocus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={overlayLook} />
        <Radix.Content
          {...returnFocus}
          onEscapeKeyDown={shutListFirst}
          {...(lead ? {} : { "aria-describedby": undefined })}
          className="fixed inset-y-0 right-0 z-50 flex w-full max-w-lg animate-appear flex-col border-l bg-raised shadow-pop"
        >
          <div className="flex flex-col gap-0.5 border-b py-4 pr-14 pl-5">
            <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
            {lead && <Radix.Description className="text-ink-soft">{lead}</Radix.Description>}
          </div>
          <div className="flex-1 overflow-y-auto p-5">{children}</div>
          <Radix.Close asChild>
            <IconButton
              label={t("close")}
              icon={<Cross2Icon />}
              className="absolute top-3 right-3"
            />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
