import type { ReactNode } from "react";
import { loadStore } from "./load-store";

type Props = { children: ReactNode; params: Promise<{ id: string }> };

/** Asks before anything is sent, so that the answer is a 404 and not a page that turns into one. */
export default async function StoreLayout({ children, params }: Props) {
  await loadStore((await params).id);
  return children;
}
