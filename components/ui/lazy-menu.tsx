"use client";

import { type ComponentType, lazy, type ReactNode, Suspense, useMemo, useState } from "react";

type Props<PanelProps> = {
  /** Fetches the menu: `() => import("./x").then((module) => module.X)`, made once outside. */
  panel: () => Promise<ComponentType<PanelProps & { trigger: ReactNode }>>;
  panelProps: PanelProps;
  /** What the menu is of; read aloud before what the button shows. */
  label: string;
  className: string;
  children: ReactNode;
};

/** The button is there at once; its menu is fetched when somebody reaches for it. */
export function LazyMenu<PanelProps extends object>(props: Props<PanelProps>) {
  const { panel, panelProps, label, className, children } = props;
  const [asked, setAsked] = useState(false);
  const Panel = useMemo(() => lazy(async () => ({ default: await panel() })), [panel]);
  const trigger = (
    <button
      type="button"
      aria-haspopup="menu"
      onPointerEnter={() => panel()}
      onClick={() => setAsked(true)}
      className={className}
    >
      <span className="sr-only">{label}: </span>
      {children}
    </button>
  );
  if (!asked) return trigger;
  return (
    <Suspense fallback={trigger}>
      <Panel {...panelProps} trigger={trigger} />
    </Suspense>
  );
}
