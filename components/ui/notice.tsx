import {
  CheckCircledIcon,
  CrossCircledIcon,
  ExclamationTriangleIcon,
  InfoCircledIcon,
} from "@radix-ui/react-icons";
import { cva } from "class-variance-authority";
import type { ReactNode } from "react";

export type Tone = "plain" | "blue" | "green" | "amber" | "red";

const look = cva("flex items-start gap-2.5 rounded-md px-3 py-2.5 text-base", {
  variants: {
    tone: {
      plain: "bg-surface ring-1 ring-line ring-inset [--mark:var(--color-ink-soft)]",
      blue: "bg-blue-soft [--mark:var(--color-blue)]",
      green: "bg-green-soft [--mark:var(--color-green)]",
      amber: "bg-amber-soft [--mark:var(--color-amber)]",
      red: "bg-red-soft [--mark:var(--color-red)]",
    },
  },
});

const icons = {
  plain: InfoCircledIcon,
  blue: InfoCircledIcon,
  green: CheckCircledIcon,
  amber: ExclamationTriangleIcon,
  red: CrossCircledIcon,
};

type Props = {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  /** One button or link, at the right. */
  action?: ReactNode;
};

/** Something to know about the block it stands in; red ones are read aloud when they appear. */
export function Notice({ tone = "plain", title, children, action }: Props) {
  const Icon = icons[tone];
  return (
    <div role={tone === "red" ? "alert" : undefined} className={look({ tone })}>
      <Icon aria-hidden="true" className="mt-[0.1875rem] shrink-0 text-(--mark)" />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className={title ? "text-ink-soft" : undefined}>{children}</div>}
      </div>
      {action}
    </div>
  );
}
