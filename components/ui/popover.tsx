"use client";

import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { buttonLook } from "./button";
import { cn } from "./class-names";

type Props = {
  /** What the button shows. */
  button: ReactNode;
  /** What opens, for those who do not see it. */
  label: string;
  align?: "start" | "end";
  children: ReactNode;
};

/** A few controls behind a button; at the foot of the screen on a phone. Esc and a click elsewhere close it. */
export function Popover({ button, label, align = "start", children }: Props) {
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    if (!open) return;
    const leave = ({ target }: Event) => {
      if (target instanceof Node && !root.current?.contains(target)) setOpen(false);
    };
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      trigger.current?.focus();
    };
    document.addEventListener("pointerdown", leave);
    document.addEventListener("focusin", leave);
    document.addEventListener("keydown", closeOnEscape);
    return () => {
      document.removeEventListener("pointerdown", leave);
      document.removeEventListener("focusin", leave);
      document.removeEventListener("keydown", closeOnEscape);
    };
  }, [open]);

  return (
    <div ref={root} className="relative">
      <button
        ref={trigger}
        type="button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        className={cn(buttonLook({}), "h-9")}
      >
        {button}
      </button>
      {open && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would put its legend into the frame.
        <div
          id={id}
          role="group"
          aria-label={label}
          className={cn(
            "z-30 animate-appear rounded-lg border bg-raised p-4 shadow-pop max-md:fixed max-md:inset-x-2 max-md:bottom-2 max-md:z-50 max-md:max-h-[80dvh] max-md:overflow-y-auto md:absolute md:top-full md:mt-1.5",
            align === "end" ? "md:right-0" : "md:left-0",
          )}
        >
          {children}
        </div>
      )}
    </div>
  );
}
