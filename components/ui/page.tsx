import type { ReactNode } from "react";
import type { MessagePath } from "@/lib/i18n/pick";
import { ClientMessages } from "../client-messages";

type Props = {
  /** The page is as tall as the window and its table scrolls inside; on a phone it is a common page. */
  fill?: boolean;
  /** What its client components say, besides the words of the shell. */
  messages?: readonly MessagePath[];
  children: ReactNode;
};

const nothing: readonly MessagePath[] = [];

export function Page({ fill = false, messages = nothing, children }: Props) {
  return (
    <ClientMessages of={messages}>
      <div data-fill={fill || undefined} className="flex min-h-0 min-w-0 flex-1 flex-col gap-4">
        {children}
      </div>
    </ClientMessages>
  );
}
