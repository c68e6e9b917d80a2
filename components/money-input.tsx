"use client";

import { useLocale } from "next-intl";
import { type ComponentProps, useState } from "react";
import { formatNumber, parseMoney, type TypedMoney } from "@/lib/i18n/money";
import { cn } from "./ui/class-names";
import { Input } from "./ui/input";

type Props = Omit<ComponentProps<"input">, "value" | "defaultValue" | "onChange" | "type"> & {
  initial?: number | null;
  onTyped?: (typed: TypedMoney) => void;
};

/** Takes «12 990», «12990 ₸» and the like; tidies the spaces when it is left. */
export function MoneyInput({ initial = null, onTyped, className, ...rest }: Props) {
  const locale = useLocale();
  const [text, setText] = useState(initial === null ? "" : formatNumber(initial, locale));
  const change = (next: string) => {
    setText(next);
    onTyped?.(parseMoney(next));
  };
  const tidy = () => {
    const typed = parseMoney(text);
    if (typed.ok && typed.amount !== null) setText(formatNumber(typed.amount, locale));
  };
  return (
    <div className={cn("relative", className)}>
      <Input
        {...rest}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        value={text}
        onChange={(event) => change(event.target.value)}
        onBlur={tidy}
        className="pr-7 text-right"
      />
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 right-2.5 flex items-center text-ink-faint"
      >
        ₸
      </span>
    </div>
  );
}
