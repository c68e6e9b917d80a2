import type { ReactNode } from "react";

type Props = {
  label: string;
  /** The state in a word or a number. */
  children: ReactNode;
  /** What stands behind it. */
  more?: ReactNode;
  action?: ReactNode;
};

/** One thing known of a store. */
export function Fact({ label, children, more, action }: Props) {
  return (
    <div className="flex min-w-0 flex-col">
      <dt className="text-ink-faint text-sm">{label}</dt>
      <dd className="mt-0.5 font-medium">{children}</dd>
      {more && <dd className="text-ink-soft text-sm">{more}</dd>}
      {action && <dd className="mt-2">{action}</dd>}
    </div>
  );
}
