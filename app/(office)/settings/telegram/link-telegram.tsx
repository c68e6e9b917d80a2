"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { LiveRefresh } from "@/components/live-refresh";
import { Button, buttonLook } from "@/components/ui/button";
import { useAct } from "@/components/use-act";
import { askLink } from "./actions";

type Asked = { token: string; url: string | null; qr: string | null; goodForMs: number };

const LOOK_MS = 2_000;

/**
 * A link with its picture and the same to be typed, until the account is linked: then the page shows that, or until
 * the link is too old.
 */
export function LinkTelegram({ act: words }: { act: string }) {
  const t = useTranslations("telling.panel");
  const { pending, act } = useAct();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!asked) return;
    const timer = setTimeout(() => {
      setAsked(null);
      setLate(true);
    }, asked.goodForMs);
    return () => clearTimeout(timer);
  }, [asked]);
  const ask = () =>
    act(async () => {
      const outcome = await askLink({});
      if (outcome.ok) setAsked(outcome.value);
      return outcome;
    });
  if (!asked)
    return (
      <div className="flex flex-wrap items-center justify-end gap-3">
        {isLate && (
          <p role="status" className="text-ink-soft text-sm">
            {t("late")}
          </p>
        )}
        <Button look="primary" pending={pending} onClick={ask}>
          {words}
        </Button>
      </div>
    );
  return (
    <div className="flex flex-col gap-3 rounded-md border bg-canvas p-4">
      {asked.url && asked.qr && (
        <>
          <p className="text-ink-soft">{t("scan")}</p>
          {/* biome-ignore lint/performance/noImgElement: drawn here and now, nothing to fetch. */}
          <img src={asked.qr} alt={t("qr")} className="size-44 self-center rounded-md" />
          <a
            href={asked.url}
            target="_blank"
            rel="noreferrer"
            className={buttonLook({ look: "primary" })}
          >
            {t("open")}
          </a>
        </>
      )}
      <p className="text-ink-soft text-sm">
        {t("byHand")}{" "}
        <code className="break-all font-mono text-ink select-all">/start {asked.token}</code>
      </p>
      <p role="status" className="text-ink-soft text-sm">
        {t("waits")}
      </p>
      <LiveRefresh everyMs={LOOK_MS} />
    </div>
  );
}
