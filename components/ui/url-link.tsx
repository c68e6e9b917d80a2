"use client";

import type { ComponentProps, MouseEvent } from "react";
import { type UrlPatch, useUrlState } from "./url-state";

type Props = Omit<ComponentProps<"a">, "href"> & { patch: UrlPatch };

/** A real link to another state of the list; a plain click moves without leaving the page. */
export function UrlLink({ patch, ...rest }: Props) {
  const { hrefWith, go } = useUrlState();
  const click = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(patch);
  };
  return <a {...rest} href={hrefWith(patch)} onClick={click} />;
}
