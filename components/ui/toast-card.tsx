"use client";

import { Cross2Icon } from "@radix-ui/react-icons";
import { useEffect, useState } from "react";
import { Button } from "./button";
import { cn } from "./class-names";
import { IconButton } from "./icon-button";

const SHORT_MS = 6_000;
const LONG_MS = 12_000;

export type Toast = {
  text: string;
  tone?: "plain" | "red";
  action?: { label: string; run: () => void };
};

export type ShownToast = Toast & { id: number };

type Props = { toast: ShownToast; closeLabel: string; onClose: (id: number) => void };

/** Leaves by itself, but not while a hand or the focus is on it. */
export function ToastCard({ toast, closeLabel, onClose }: Props) {
  const { id, text, action } = toast;
  const [held, setHeld] = useState(false);
  const red = toast.tone === "red";
  const stay = red || action ? LONG_MS : SHORT_MS;
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => onClose(id), stay);
    return () => clearTimeout(timer);
  }, [held, stay, id, onClose]);
  const act = () => {
    action?.run();
    onClose(id);
  };
  return (
    <li
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className={cn(
        "flex animate-appear items-start gap-2 rounded-lg border bg-raised py-1.5 pr-1.5 pl-3 shadow-pop",
        red && "border-red",
      )}
    >
      {/* The item itself stays an item: with a role of its own the list would hold something else. */}
      <p role={red ? "alert" : undefined} className="flex-1 py-1.5 text-sm">
        {text}
      </p>
      {action && (
        <Button size="sm" className="mt-0.5" onClick={act}>
          {action.label}
        </Button>
      )}
      <IconButton label={closeLabel} icon={<Cross2Icon />} onClick={() => onClose(id)} />
    </li>
  );
}
