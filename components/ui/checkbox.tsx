"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

type Props = Omit<ComponentProps<"input">, "type" | "children"> & {
  /** Visible words; without them give `aria-label`. */
  children?: ReactNode;
  /** Some of what it stands for is chosen. */
  mixed?: boolean;
};

const tick =
  "checked:bg-[url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='none' stroke='white' stroke-width='2' stroke-linecap='round' stroke-linejoin='round'%3E%3Cpath d='m4 8.5 2.7 2.7L12 5.5'/%3E%3C/svg%3E\")]";
const dash =
  "indeterminate:bg-[url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' stroke='white' stroke-width='2' stroke-linecap='round'%3E%3Cpath d='M4.5 8h7'/%3E%3C/svg%3E\")]";

export function Checkbox({ children, mixed = false, className, ...rest }: Props) {
  const box = (
    <input
      {...rest}
      type="checkbox"
      ref={(element) => {
        if (element) element.indeterminate = mixed;
      }}
      className={cn(
        "size-4 shrink-0 appearance-none rounded-sm border border-line-strong bg-center bg-surface checked:border-blue-solid checked:bg-blue-solid indeterminate:border-blue-solid indeterminate:bg-blue-solid disabled:opacity-50",
        tick,
        dash,
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
