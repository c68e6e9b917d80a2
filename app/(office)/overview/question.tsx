import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/class-names";

type Props = {
  title: string;
  /** At the right of the title. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** One question of the overview and its answer. */
export function Question({ title, aside, className, children }: Props) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={cn("flex min-w-0 flex-col gap-3 rounded-lg border bg-surface p-4", className)}
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id={id} className="font-semibold text-lg">
          {title}
        </h2>
        {aside && <div className="text-ink-soft text-sm">{aside}</div>}
      </div>
      {children}
    </section>
  );
}
