"use client";

import { Cross2Icon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./class-names";
import { IconButton } from "./icon-button";
import { shutListFirst } from "./shut-list-first";
import { useReturnFocus } from "./use-return-focus";

export const overlayLook = "fixed inset-0 z-40 animate-appear bg-shade";

export const windowLook =
  "fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 -translate-y-1/2 animate-appear flex-col rounded-lg border bg-raised shadow-pop";

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One line under the title. */
  lead?: ReactNode;
  children: ReactNode;
  className?: string;
};

export function Dialog({ open, onOpenChange, title, lead, children, className }: Props) {
  const t = useTranslations("common.actions");
  const returnFocus = useReturnFocus();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayLook} />
        <Radix.Content
          {...returnFocus}
          onEscapeKeyDown={shutListFirst}
          {...(lead ? {} : { "aria-describedby": undefined })}
          className={cn(windowLook, className)}
        >
          <div className="flex flex-col gap-0.5 py-4 pr-14 pl-5">
            <Radix.Title className="font-semibold text-lg">{title}</Radix.Title>
            {lead && <Radix.Description className="text-ink-soft">{lead}</Radix.Description>}
          </div>
          {/* Room for the ring of what has the focus, which the scrolling would cut. */}
          <div className="-mt-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>
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
