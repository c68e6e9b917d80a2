"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonLook } from "@/components/ui/button";

/** Opens the connect window with the login of the store. */
export function EnterAgain({ login }: { login: string | null }) {
  const t = useTranslations("stores.session");
  const known = login === null ? "" : `&login=${encodeURIComponent(login)}`;
  return (
    <Link
      href={`/stores?connect=1${known}`}
      scroll={false}
      className={buttonLook({ look: "primary", size: "sm" })}
    >
      {t("enterAgain")}
    </Link>
  );
}
