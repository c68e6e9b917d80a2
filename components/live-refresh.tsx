"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { databaseAnswers } from "./database-answers";
import { watchHands } from "./still-hands";

const LOOK_MS = 1_000;

type Props = {
  everyMs: number;
  /** Also while a panel stands open, which must keep what is typed in it. */
  withPanel?: boolean;
};

/**
 * Reads the page again every so often, while somebody looks at it, edits nothing and moves nothing.
 * A refresh that cannot be answered would leave the page: so what must answer is asked first, and
 * while it does not, the page stays and says that it is old.
 */
export function LiveRefresh({ everyMs, withPanel = false }: Props) {
  const t = useTranslations("common.live");
  const router = useRouter();
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    let readAt = Date.now();
    const hands = watchHands({ withPanel });
    const look = async () => {
      if (Date.now() - readAt < everyMs || !hands.isStill()) return;
      readAt = Date.now();
      const isThere = await databaseAnswers();
      setLost(!isThere);
      if (isThere && hands.isStill()) router.refresh();
    };
    const timer = setInterval(look, LOOK_MS);
    return () => {
      clearInterval(timer);
      hands.stop();
    };
  }, [everyMs, router, withPanel]);
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
