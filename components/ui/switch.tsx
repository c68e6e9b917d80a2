"use client";

import { useTranslations } from "next-intl";
import { cn } from "./class-names";
import type { SaveFailure, SaveOutcome } from "./save-outcome";
import { useToast } from "./toast";
import { useOptimisticSave } from "./use-optimistic-save";

type Props = {
  on: boolean;
  /** Read aloud; name the thing, not the state. */
  label: string;
  save: (on: boolean) => Promise<SaveOutcome>;
  disabled?: boolean | undefined;
  /** Why it cannot be switched; said on hover, when pressed and aloud. */
  why?: string | undefined;
  /** True: the failure is dealt with, and nothing more is to be said about it. */
  onFailure?: (failure: SaveFailure) => boolean;
};

/** Moves at once; moves back and says why when it could not be saved. */
export function Switch({ on, label, save, disabled, why, onFailure }: Props) {
  const t = useTranslations("common.switch");
  const toast = useToast();
  const { shown, pending, change } = useOptimisticSave(on);
  const press = () => {
    if (!disabled) return flip();
    if (why) toast({ text: why });
  };
  const flip = () =>
    change(
      !shown,
      () => save(!shown),
      (failure) => {
        if (onFailure?.(failure)) return;
        toast({ tone: "red", text: t("notSaved", { why: failure.text }) });
      },
    );
  return (
    <button
      type="button"
      role="switch"
      aria-checked={shown}
      aria-label={why ? `${label}. ${why}` : label}
      aria-busy={pending || undefined}
      aria-disabled={disabled || undefined}
      title={why}
      onClick={press}
      className={cn(
        "group relative inline-flex h-5 w-9 shrink-0 items-center rounded-full border border-transparent transition-colors before:absolute before:-inset-2.5",
        shown ? "bg-blue-solid" : "border-line-strong bg-sunken",
        disabled && "cursor-not-allowed opacity-45",
      )}
    >
      <span
        className={cn(
          "size-3.5 rounded-full transition-transform",
          shown ? "translate-x-[1.125rem] bg-on-solid" : "translate-x-[0.1875rem] bg-ink-faint",
        )}
      />
    </button>
  );
}
