"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { databaseAnswers } from "./database-answers";

/** How long the hand must be still before anything under it may change. */
const STILL_MS = 2_500;
const LOOK_MS = 1_000;

const editing =
  "main :is(input:not([inputmode=search], [type=radio], [type=checkbox]), textarea, select):focus, [role=dialog], [role=alertdialog], [role=menu], main [aria-busy=true]";

/**
 * Reads the page again every so often, while somebody looks at it, edits nothing and moves nothing.
 * A refresh that cannot be answered would leave the page: so what must answer is asked first, and
 * while it does not, the page stays and says that it is old.
 */
export function LiveRefresh({ everyMs }: { everyMs: number }) {
  const t = useTranslations("common.live");
  const router = useRouter();
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    let touchedAt = 0;
    let readAt = Date.now();
    const touch = () => {
      touchedAt = Date.now();
    };
    const isStill = () =>
      !document.hidden &&
      Date.now() - touchedAt > STILL_MS &&
      document.querySelector(editing) === null;
    const look = async () => {
      if (Date.now() - readAt < everyMs || !isStill()) return;
      readAt = Date.now();
      const isThere = await databaseAnswers();
      setLost(!isThere);
      if (isThere && isStill()) router.refresh();
    };
    const timer = setInterval(look, LOOK_MS);
    const hands = ["pointermove", "pointerdown", "keydown", "wheel", "touchmove"] as const;
    for (const hand of hands) addEventListener(hand, touch, { passive: true });
    return () => {
      clearInterval(timer);
      for (const hand of hands) removeEventListener(hand, touch);
    };
  }, [everyMs, router]);
  if (!isLost) return null;
  return (
    <p
      role="status"
      className="fixed inset-x-4 bottom-4 z-40 mx-auto w-fit rounded-lg border bg-raised px-3 py-2 text-amber text-sm shadow-pop max-md:bottom-20"
    >
      {t("lost")}
    </p>
  );
}
