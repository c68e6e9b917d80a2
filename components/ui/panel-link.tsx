"use client";

import type { VariantProps } from "class-variance-authority";
import type { MouseEvent, ReactNode } from "react";
import { buttonLook } from "./button";
import { usePanel } from "./use-panel";

type Props = VariantProps<typeof buttonLook> & {
  panel: string;
  value: string;
  children: ReactNode;
};

/** Opens a window of this page; a real link, so that it can be opened in another tab. */
export function PanelLink({ panel, value, look, size, children }: Props) {
  const { hrefWith, open } = usePanel(panel);
  const click = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(value);
  };
  return (
    <a href={hrefWith(value)} onClick={click} className={buttonLook({ look, size })}>
      {children}
    </a>
  );
}
