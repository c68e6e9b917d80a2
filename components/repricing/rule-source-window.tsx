"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import type { ActionResult } from "@/lib/auth/action";

const TYPING_MS = 300;

export type RuleSource = { id: string; name: string; sku: string; storeName: string };
type Found = { found: RuleSource[]; hasMore: boolean };

type Props = {
  find: (asked: { q: string }) => Promise<ActionResult<Found>>;
  /** Returns what went wrong, in words. */
  onChoose: (source: RuleSource) => Promise<string | null>;
  onClose: () => void;
};

/** Finds the product whose rule is taken over. */
export function RuleSourceWindow({ find, onChoose, onClose }: Props) {
  const t = useTranslations("rule.sources");
  const tErrors = useTranslations("errors");
  const [q, setQ] = useState("");
  const [found, setFound] = useState<Found | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();

  useEffect(() => {
    let isLate = false;
    const timer = setTimeout(async () => {
      const answer = await find({ q }).catch(() => null);
      if (isLate) return;
      setFound(answer?.ok ? answer.value : null);
      setFailure(answer?.ok ? null : (answer?.failure.text ?? tErrors("no_connection")));
    }, TYPING_MS);
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }, [q, find, tErrors]);

  const choose = (source: RuleSource) =>
    startTransition(async () => {
      setFailure(await onChoose(source).catch(() => tErrors("no_connection")));
    });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("title")}>
      <div className="flex flex-col gap-3">
        <Field label={t("find")}>
          {(wiring) => (
            <Input
              {...wiring}
              type="search"
              value={q}
              autoComplete="off"
              onChange={({ target }) => setQ(target.value)}
            />
          )}
        </Field>
        {failure && <Notice tone="red">{failure}</Notice>}
        <ul aria-live="polite" className="flex min-h-24 flex-col gap-1">
          {found?.found.map((source) => (
            <li key={source.id}>
              <Button
                look="ghost"
                disabled={pending}
                onClick={() => choose(source)}
                className="h-auto min-h-9 w-full justify-start py-1.5 text-left"
              >
                <span className="min-w-0">
                  <span className="block truncate">{source.name}</span>
                  <span className="block text-ink-faint text-xs">
                    {source.sku} · {source.storeName}
                  </span>
                </span>
              </Button>
            </li>
          ))}
          {found?.found.length === 0 && <li className="text-ink-soft">{t("none")}</li>}
        </ul>
        {found?.hasMore && <p className="text-ink-faint text-sm">{t("more")}</p>}
      </div>
    </Dialog>
  );
}
