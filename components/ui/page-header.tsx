import type { ReactNode } from "react";

type Props = {
  title: ReactNode;
  /** One line: what this page answers. */
  lead?: ReactNode;
  /** The action that matters, at the right. */
  action?: ReactNode;
};

export function PageHeader({ title, lead, action }: Props) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 tabIndex={-1} className="font-semibold text-xl">
          {title}
        </h1>
        {lead && <div className="text-ink-soft">{lead}</div>}
      </div>
      {action && <div className="flex flex-wrap gap-2">{action}</div>}
    </header>
  );
}
