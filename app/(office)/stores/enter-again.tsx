"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonLook } from "@/components/ui/button";

/** Opens the connect window with the login of the store. */
export function EnterAgain({ accountId }: { accountId: string | null }) {
  const t = useTranslations("stores.session");
  return (
    <Link
      href={`/stores?connect=${accountId ?? "1"}`}
      scroll={false}
      className={buttonLook({ look: "primary", size: "sm" })}
    >
      {t("enterAgain")}
    </Link>
  );
}
