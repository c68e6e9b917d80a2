import type { ReactNode } from "react";

type Props = {
  title: ReactNode;
  children?: ReactNode;
  /** The first step. */
  action?: ReactNode;
  icon?: ReactNode;
  level?: 1 | 2;
};

/** What this is for and the first step; never a bare "nothing found". */
export function EmptyState({ title, children, action, icon, level = 2 }: Props) {
  const Title = level === 1 ? "h1" : "h2";
  return (
    <div className="flex flex-col items-center gap-4 px-6 py-14 text-center">
      {icon && <div className="text-ink-faint [&>svg]:size-6">{icon}</div>}
      <div className="flex max-w-105 flex-col gap-1.5">
        <Title className="font-semibold text-lg">{title}</Title>
        {children && <div className="text-ink-soft">{children}</div>}
      </div>
      {action && <div className="flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
