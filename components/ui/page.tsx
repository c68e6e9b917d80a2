import type { ReactNode } from "react";

type Props = {
  /** The page is as tall as the window and its table scrolls inside; on a phone it is a common page. */
  fill?: boolean;
  children: ReactNode;
};

export function Page({ fill = false, children }: Props) {
  return (
    <div data-fill={fill || undefined} className="flex min-h-0 min-w-0 flex-1 flex-col gap-4">
      {children}
    </div>
  );
}
