"use client";

import { type FocusEvent, type PointerEvent, useMemo, useState } from "react";
import { inFormerPlaces } from "./steady-rows";

type Area = HTMLElement;

/** Keeps the rows in their places while the pointer or the focus is among them; `of` names the page shown. */
export function useSteadyRows<R extends { id: string }>(lines: R[], of: string) {
  const [held, setHeld] = useState<{ of: string; ids: string[] } | null>(null);
  const rows = useMemo(
    () => (held?.of === of ? inFormerPlaces(held.ids, lines) : lines),
    [held, lines, of],
  );
  const hold = () => {
    if (held?.of !== of) setHeld({ of, ids: rows.map(({ id }) => id) });
  };
  const hands = {
    onPointerOver: hold,
    onFocus: hold,
    onPointerLeave: ({ currentTarget }: PointerEvent<Area>) => {
      if (!currentTarget.contains(document.activeElement)) setHeld(null);
    },
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent<Area>) => {
      const stays = relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
      if (!stays && !currentTarget.matches(":hover")) setHeld(null);
    },
  };
  return { rows, hands };
}
