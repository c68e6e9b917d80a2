"use client";

import { useTranslations } from "next-intl";
import { Button } from "./ui/button";
import { EmptyState } from "./ui/empty-state";
import { useRetryWhenBack } from "./use-retry-when-back";

type Props = {
  title?: string;
  text?: string;
  /** The digest Next gives an error of the server; finds it in the log. */
  code?: string | undefined;
  retry: () => void;
  /** 1 when it is all there is on the page. */
  level?: 1 | 2;
};

/** A page or a part of it that failed: what stays safe, and a way to try again. */
export function ErrorState({ title, text, code, retry, level = 2 }: Props) {
  const t = useTranslations("common");
  // Of a page that never opened there is nothing to keep.
  useRetryWhenBack(level === 1 ? () => window.location.reload() : retry);
  return (
    <div role="alert">
      <EmptyState
        level={level}
        title={title ?? t("errorPage.title")}
        action={<Button onClick={retry}>{t("actions.retry")}</Button>}
      >
        <p>{text ?? t("errorPage.text")}</p>
        {code && <p className="mt-2 text-ink-faint text-sm">{t("errorPage.code", { code })}</p>}
      </EmptyState>
    </div>
  );
}
