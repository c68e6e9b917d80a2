import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { cardNumber } from "@/lib/reviews/model";

type Props = { children: ReactNode; params: Promise<{ cardId: string }> };

/** Asks before anything is sent, so that the answer is a 404 and not a page that turns into one. */
export default async function CardLayout({ children, params }: Props) {
  if (!cardNumber.safeParse((await params).cardId).success) notFound();
  return children;
}
