"use client";

import { useLocale, useTranslations } from "next-intl";
import { lazy, Suspense, useRef, useState } from "react";
import type { Tenge } from "@/lib/core/money";
import { formatMoney, formatNumber } from "@/lib/i18n/money";
import { MoneyCellInput } from "./money-cell-input";
import { cn } from "./ui/class-names";
import type { SaveOutcome } from "./ui/save-outcome";
import { useToast } from "./ui/toast";
import { useOptimisticSave } from "./ui/use-optimistic-save";

const MoneyDoubt = lazy(async () => ({
  default: (await import("./money-doubt")).MoneyDoubt,
}));

type Props = {
  /** What it is, with the thing's name: «Минимум, Чайник Bosch». */
  label: string;
  amount: Tenge | null;
  /** Called again with `confirmed` after a person has answered `confirmation_needed`. */
  save: (amount: Tenge | null, confirmed: boolean) => Promise<SaveOutcome>;
  /** Shown when there is none. */
  empty?: string;
  disabled?: boolean;
};

type Doubt = { amount: Tenge | null; text: string };

/** An amount edited where it stands: Enter or leaving saves, Esc cancels; rolls back with a message. */
export function EditableMoney({ label, amount, save, empty, disabled = false }: Props) {
  const t = useTranslations("common");
  const locale = useLocale();
  const toast = useToast();
  const button = useRef<HTMLButtonElement>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const [doubt, setDoubt] = useState<Doubt | null>(null);
  const { shown, pending, change } = useOptimisticSave(amount);

  const words = (value: Tenge | null) =>
    value === null ? (empty ?? t("money.empty")) : formatMoney(value, locale);
  const typed = (value: Tenge | null) => (value === null ? "" : formatNumber(value, locale));

  const put = (next: Tenge | null, confirmed: boolean) =>
    change(
      next,
      () => save(next, confirmed),
      (failure) => {
        if (failure.kind === "confirmation_needed") setDoubt({ amount: next, text: failure.text });
        else toast({ tone: "red", text: t("money.notSaved", { why: failure.text }) });
      },
    );

  const focusBack = () =>
    requestAnimationFrame(() => button.current?.focus({ preventScroll: true }));
  const leave = (next?: Tenge | null) => {
    setEditing(null);
    focusBack();
    if (next !== undefined && next !== amount) put(next, false);
  };

  if (editing !== null) {
    return (
      <MoneyCellInput label={label} initial={editing} onSave={leave} onCancel={() => leave()} />
    );
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        disabled={disabled}
        aria-label={t("money.edit", { label, value: words(shown) })}
        aria-busy={pending || undefined}
        onClick={() => setEditing(typed(shown))}
        className={cn(
          "-mx-2 h-8 w-[calc(100%+1rem)] rounded-md border border-transparent px-2 whitespace-nowrap [text-align:inherit] max-md:-my-2.5 max-md:h-auto max-md:py-2.5",
          !disabled &&
            "decoration-dotted underline-offset-4 hover:border-line-strong hover:bg-surface pointer-coarse:underline",
          shown === null && "text-ink-faint",
          pending && "text-ink-soft",
        )}
      >
        {words(shown)}
      </button>
      {doubt && (
        <Suspense>
          <MoneyDoubt
            title={t("money.confirmTitle", { label, value: words(doubt.amount) })}
            text={doubt.text}
            act={t("money.confirm", { value: words(doubt.amount) })}
            onClose={() => {
              setDoubt(null);
              focusBack();
            }}
            onFix={() => setEditing(typed(doubt.amount))}
            onAct={() => put(doubt.amount, true)}
          />
        </Suspense>
      )}
    </>
  );
}
