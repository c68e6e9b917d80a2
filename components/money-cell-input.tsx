"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import type { Tenge } from "@/lib/core/money";
import { parseMoney } from "@/lib/i18n/money";

type Props = {
  label: string;
  initial: string;
  onSave: (amount: Tenge | null) => void;
  onCancel: () => void;
};

/** The field of a cell being edited; what cannot be read stays open with the reason under it. */
export function MoneyCellInput({ label, initial, onSave, onCancel }: Props) {
  const t = useTranslations("common.money");
  const id = useId();
  const done = useRef(false);
  const [text, setText] = useState(initial);
  const [wrong, setWrong] = useState(false);

  const finish = (end: () => void) => {
    if (done.current) return;
    done.current = true;
    end();
  };
  const save = () => {
    const typed = parseMoney(text);
    if (typed.ok) finish(() => onSave(typed.amount));
    else setWrong(true);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter") save();
    if (event.key !== "Escape") return;
    event.stopPropagation();
    finish(onCancel);
  };
  const leave = () => (parseMoney(text).ok ? save() : finish(onCancel));

  return (
    <div className="relative -mx-2 max-md:-my-2.5">
      <input
        // biome-ignore lint/a11y/noAutofocus: a person has just asked to edit this very cell.
        autoFocus
        type="text"
        inputMode="numeric"
        enterKeyHint="done"
        autoComplete="off"
        aria-label={label}
        aria-describedby={id}
        aria-invalid={wrong || undefined}
        value={text}
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(false);
        }}
        onKeyDown={press}
        onBlur={leave}
        className="h-8 w-full rounded-md border border-blue bg-surface px-2 text-right outline-offset-0 aria-invalid:border-red aria-invalid:outline-red max-md:h-10 max-md:text-left pointer-coarse:text-lg"
      />
      <p
        id={id}
        className={
          wrong
            ? "absolute top-full right-0 z-30 mt-1.5 w-max max-w-60 rounded-md border bg-raised px-2.5 py-1.5 text-left text-red text-xs shadow-pop max-md:right-auto max-md:left-0"
            : "sr-only"
        }
      >
        {t(wrong ? "notWhole" : "editHint")}
      </p>
    </div>
  );
}
