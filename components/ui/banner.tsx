import { ExclamationTriangleIcon, InfoCircledIcon } from "@radix-ui/react-icons";
import type { ReactNode } from "react";
import { cn } from "./class-names";

type Props = { tone: "plain" | "amber" | "red"; children: ReactNode; action?: ReactNode };

const looks = {
  plain: "bg-sunken text-ink-soft border-b",
  amber: "bg-amber-soft text-amber border-b",
  red: "bg-red-solid text-on-solid",
};

/** A bar across every page: what the whole office must know. */
export function Banner({ tone, children, action }: Props) {
  const Icon = tone === "plain" ? InfoCircledIcon : ExclamationTriangleIcon;
  return (
    <div
      role={tone === "red" ? "alert" : "status"}
      className={cn(
        "flex min-h-9 items-center gap-2 px-4 py-1.5 text-sm md:px-6 [&_a]:underline [&_a]:underline-offset-2",
        looks[tone],
      )}
    >
      <Icon aria-hidden="true" className="shrink-0" />
      <p className="min-w-0 flex-1">{children}</p>
      {action}
    </div>
  );
}
