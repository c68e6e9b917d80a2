import type { ReactNode } from "react";
import { loadOrder } from "./load-order";

type Props = { children: ReactNode; params: Promise<{ id: string }> };

/** Asks before anything is sent, so that the answer is a 404 and not a page that turns into one. */
export default async function OrderLayout({ children, params }: Props) {
  await loadOrder((await params).id);
  return children;
}
