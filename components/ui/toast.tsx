"use client";

import { Cross2Icon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { Toast as Radix } from "radix-ui";
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";
import { Button } from "./button";
import { cn } from "./class-names";
import { IconButton } from "./icon-button";

export type Toast = {
  text: string;
  tone?: "plain" | "red";
  action?: { label: string; run: () => void };
};

type Shown = Toast & { id: number };

const ToastContext = createContext<(toast: Toast) => void>(() => {});

/** Says what an action came to. What a person must not miss belongs on the page, not here. */
export function useToast(): (toast: Toast) => void {
  return useContext(ToastContext);
}

export function Toasts({ children }: { children: ReactNode }) {
  const t = useTranslations("common.toast");
  const [shown, setShown] = useState<Shown[]>([]);
  const lastId = useRef(0);
  const show = useCallback((toast: Toast) => {
    lastId.current += 1;
    const id = lastId.current;
    setShown((before) => [...before.slice(-2), { ...toast, id }]);
  }, []);
  const drop = (id: number) => setShown((before) => before.filter((toast) => toast.id !== id));
  return (
    <ToastContext value={show}>
      <Radix.Provider duration={6000} label={t("region")}>
        {children}
        {shown.map((toast) => (
          <OneToast
            key={toast.id}
            toast={toast}
            closeLabel={t("close")}
            onClose={() => drop(toast.id)}
          />
        ))}
        <Radix.Viewport className="fixed right-4 bottom-4 z-50 flex w-96 max-w-[calc(100vw-2rem)] flex-col gap-2 max-md:bottom-18" />
      </Radix.Provider>
    </ToastContext>
  );
}

type OneToastProps = { toast: Toast; closeLabel: string; onClose: () => void };

function OneToast({ toast, closeLabel, onClose }: OneToastProps) {
  const red = toast.tone === "red";
  return (
    <Radix.Root
      type={red ? "foreground" : "background"}
      duration={red || toast.action ? 10_000 : 6_000}
      onOpenChange={(open) => !open && onClose()}
      className={cn(
        "flex animate-appear items-start gap-2 rounded-lg border bg-raised py-1.5 pr-1.5 pl-3 shadow-pop",
        red && "border-red",
      )}
    >
      <Radix.Description className="flex-1 py-1.5 text-sm">{toast.text}</Radix.Description>
      {toast.action && (
        <Radix.Action asChild altText={toast.action.label}>
          <Button size="sm" className="mt-0.5" onClick={toast.action.run}>
            {toast.action.label}
          </Button>
        </Radix.Action>
      )}
      <Radix.Close asChild>
        <IconButton label={closeLabel} icon={<Cross2Icon />} />
      </Radix.Close>
    </Radix.Root>
  );
}
