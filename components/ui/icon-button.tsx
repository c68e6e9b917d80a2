"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { Tooltip } from "./tooltip";

type Props = Omit<ComponentProps<"button">, "aria-label" | "children"> & {
  /** What it does; read aloud and shown on hover. */
  label: string;
  icon: ReactNode;
};

export function IconButton({ label, icon, className, ...rest }: Props) {
  return (
    <Tooltip text={label}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        className={cn(
          "inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-soft transition-colors hover:bg-sunken hover:text-ink disabled:opacity-50 pointer-coarse:size-10",
          className,
        )}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
