import type { ReactNode } from "react";
import { cn } from "./class-names";

type Props = { label: string; className?: string; children: ReactNode };

/** A small table that scrolls within its panel, by hand and by keyboard. */
export function ScrollBox({ label, className, children }: Props) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
      tabIndex={0}
      className={cn("overflow-auto rounded-md border", className)}
    >
      {children}
    </section>
  );
}
