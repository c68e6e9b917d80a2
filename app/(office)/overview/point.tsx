import type { ReactNode } from "react";
import { StatusDot } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/notice";

/** A sentence with its state; over several lines the dot stays at the first. */
export function Point({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="min-w-0 *:items-start *:whitespace-normal [&>span>[aria-hidden]]:mt-1.5">
      <StatusDot tone={tone}>
        <span className="min-w-0">{children}</span>
      </StatusDot>
    </span>
  );
}
