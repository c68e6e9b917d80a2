import type { ReactNode } from "react";
import { loadProduct } from "./load-product";

type Props = { children: ReactNode; params: Promise<{ id: string }> };

/** Asks before anything is sent, so that the answer is a 404 and not a page that turns into one. */
export default async function ProductLayout({ children, params }: Props) {
  await loadProduct((await params).id);
  return children;
}
