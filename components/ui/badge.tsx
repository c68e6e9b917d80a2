import { cva } from "class-variance-authority";
import type { ReactNode } from "react";
import type { Tone } from "./notice";

const look = cva(
  "inline-flex h-5 items-center gap-1 rounded-sm px-1.5 font-medium text-xs whitespace-nowrap",
  {
    variants: {
      tone: {
        plain: "bg-sunken text-ink-soft",
        blue: "bg-blue-soft text-blue",
        green: "bg-green-soft text-green",
        amber: "bg-amber-soft text-amber",
        red: "bg-red-soft text-red",
      },
    },
  },
);

/** A short word about a thing; the colour only repeats what the word says. */
export function Badge({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={look({ tone })}>{children}</span>;
}

const dots = {
  plain: "border-ink-faint bg-transparent",
  blue: "border-blue bg-blue",
  green: "border-green bg-green",
  amber: "border-amber bg-amber",
  red: "border-red bg-red",
};

type DotProps = {
  tone?: Tone;
  /** Something is happening right now. */
  live?: boolean;
  children: ReactNode;
};

/** A state with its word: «● вход действует». A hollow dot is a state that is off. */
export function StatusDot({ tone = "plain", live = false, children }: DotProps) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span
        aria-hidden="true"
        className={`size-2 shrink-0 rounded-full border-[1.5px] ${dots[tone]} ${live ? "animate-breathe" : ""}`}
      />
      {children}
    </span>
  );
}
