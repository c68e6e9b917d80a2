import { type RefObject, useEffect, useRef } from "react";
import { focusHeading } from "@/components/ui/focus-heading";
import { isAnswerable } from "./approval-columns";
import type { ApprovalLine } from "./approval-line";

/**
 * An answered row goes, and the focus with it: it moves to the answers of the next one, of the last
 * one before it, or to the heading. `leave` says which row is being answered.
 */
export function useNextFocus(
  area: RefObject<HTMLElement | null>,
  { lines, pending }: { lines: readonly ApprovalLine[]; pending: boolean },
): (decisionId: string) => void {
  const answered = useRef<{ order: string[]; at: number } | null>(null);
  useEffect(() => {
    if (pending || !answered.current || document.activeElement !== document.body) return;
    const { order, at } = answered.current;
    const open = new Set(lines.filter(isAnswerable).map(({ decisionId }) => decisionId));
    const next = [...order.slice(at), ...order.slice(0, at).reverse()].find((id) => open.has(id));
    const row = area.current?.querySelector(`[data-answers="${next}"]`);
    const button = row?.querySelector("button");
    if (button) button.focus();
    else focusHeading();
    // An answer that did not get through leaves its row where it is, for a while at least.
    if (next !== order[at]) answered.current = null;
  });
  return (decisionId) => {
    const order = lines.map((line) => line.decisionId);
    answered.current = { order, at: order.indexOf(decisionId) };
  };
}
