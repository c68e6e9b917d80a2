"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";

const DELAY_MS = 400;
const GAP = 6;
const EDGE = 8;

type Props = {
  /** What the child already says to a screen reader: its label, or a word of its own. */
  text: string;
  children: ReactNode;
};

/** Shows a control's words on hover and on keyboard focus; Esc takes them away. */
export function Tooltip({ text, children }: Props) {
  const box = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [shown, setShown] = useState(false);
  useEffect(() => () => clearTimeout(timer.current), []);

  const hide = () => {
    clearTimeout(timer.current);
    setShown(false);
  };
  const hover = (pointer: string) => {
    if (pointer === "mouse") timer.current = setTimeout(() => setShown(true), DELAY_MS);
  };
  const raise = (tip: HTMLSpanElement | null) => {
    const child = box.current?.firstElementChild;
    if (!tip || !child || tip.matches(":popover-open")) return;
    tip.showPopover();
    place(tip, child.getBoundingClientRect());
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what happens to its child.
    <span
      ref={box}
      className="contents"
      onPointerEnter={(event) => hover(event.pointerType)}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={(event) => event.target.matches(":focus-visible") && setShown(true)}
      onBlur={hide}
      onKeyDown={(event) => event.key === "Escape" && hide()}
    >
      {children}
      {shown && (
        <span
          ref={raise}
          popover="manual"
          aria-hidden="true"
          className="pointer-events-none fixed inset-auto m-0 max-w-72 rounded-md bg-ink px-2 py-1 font-normal text-on-ink text-xs shadow-pop"
        >
          {text}
        </span>
      )}
    </span>
  );
}

/** Above and centred, or below when there is no room; never over the edge of the window. */
function place(tip: HTMLElement, at: DOMRect): void {
  const { width, height } = tip.getBoundingClientRect();
  const above = at.top - height - GAP;
  const left = at.left + at.width / 2 - width / 2;
  tip.style.top = `${above >= EDGE ? above : at.bottom + GAP}px`;
  tip.style.left = `${Math.min(Math.max(EDGE, left), window.innerWidth - width - EDGE)}px`;
}
