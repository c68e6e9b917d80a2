import { type ReactNode, useId } from "react";
import { cn } from "@/components/ui/class-names";

type Props = {
  /** What an address may point at. */
  id?: string;
  title: string;
  /** At the right of the title. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** One question of a page. */
export function Panel({ id, title, aside, className, children }: Props) {
  const titleId = useId();
  return (
    <section
      id={id}
      aria-labelledby={titleId}
      className={cn("flex min-w-0 flex-col gap-3 rounded-lg border bg-surface p-4", className)}
    >
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <h2 id={titleId} className="font-semibold text-lg">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
