"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

type Props = Omit<ComponentProps<"input">, "type" | "children"> & {
  /** Visible words; without them give `aria-label`. */
  children?: ReactNode;
  /** Some of what it stands for is chosen. */
  mixed?: boolean;
};

export function Checkbox({ children, mixed = false, className, ...rest }: Props) {
  const box = (
    <input
      {...rest}
      type="checkbox"
      ref={(element) => {
        if (element) element.indeterminate = mixed;
      }}
      className={cn(
        "size-4 shrink-0 appearance-none rounded-sm border border-line-strong bg-surface checked:tick indeterminate:dash checked:border-blue-solid checked:bg-blue-solid indeterminate:border-blue-solid indeterminate:bg-blue-solid disabled:opacity-50",
        className,
      )}
    />
  );
  if (!children) return box;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the box just above.
    <label className="inline-flex min-h-8 items-center gap-2 pointer-coarse:min-h-10">
      {box}
      {children}
    </label>
  );
}
