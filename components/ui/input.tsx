import type { ComponentProps } from "react";
import { cn } from "./class-names";

export const fieldLook =
  "h-9 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2.5 text-base text-ink transition-colors hover:border-ink-soft disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-faint aria-invalid:border-red pointer-coarse:h-10 pointer-coarse:text-lg";

/** 16 px on a touch screen, so that a phone does not zoom in on it. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...rest} className={cn(fieldLook, className)} />;
}
