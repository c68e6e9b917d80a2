"use client";

import { useTranslations } from "next-intl";
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";
import { type ShownToast, type Toast, ToastCard } from "./toast-card";

const MOST = 3;

const ToastContext = createContext<(toast: Toast) => void>(() => {});

/** Says what an action came to. What a person must not miss belongs on the page, not here. */
export function useToast(): (toast: Toast) => void {
  return useContext(ToastContext);
}

export function Toasts({ children }: { children: ReactNode }) {
  const t = useTranslations("common.toast");
  const [shown, setShown] = useState<ShownToast[]>([]);
  const lastId = useRef(0);
  const show = useCallback((toast: Toast) => {
    lastId.current += 1;
    const id = lastId.current;
    setShown((before) => [...before.slice(1 - MOST), { ...toast, id }]);
  }, []);
  const close = useCallback(
    (id: number) => setShown((before) => before.filter((toast) => toast.id !== id)),
    [],
  );
  return (
    <ToastContext value={show}>
      {children}
      <section
        aria-label={t("region")}
        className="fixed right-4 bottom-4 z-60 w-96 max-w-[calc(100vw-2rem)] max-md:bottom-18"
      >
        <ol aria-live="polite" className="flex flex-col gap-2">
          {shown.map((toast) => (
            <ToastCard key={toast.id} toast={toast} closeLabel={t("close")} onClose={close} />
          ))}
        </ol>
      </section>
    </ToastContext>
  );
}
