"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { buttonLook } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { UrlLink } from "@/components/ui/url-link";
import { useUrlState } from "@/components/ui/url-state";
import { REVIEWS_PAGE } from "@/lib/reviews/list-model";
import { nothingChosen } from "./review-filters";

type Props = { total: number; page: number; children: ReactNode };

/** A page of reviews with the way to its neighbours. */
export function ReviewList({ total, page, children }: Props) {
  const t = useTranslations("reviews");
  const { pending } = useUrlState();
  if (total === 0)
    return (
      <div className="rounded-lg border bg-surface">
        <EmptyState
          title={t("empty.title")}
          action={
            <UrlLink patch={{ ...nothingChosen, page: null }} className={buttonLook({})}>
              {t("empty.act")}
            </UrlLink>
          }
        >
          {t("empty.text")}
        </EmptyState>
      </div>
    );
  return (
    <div className="flex flex-col rounded-lg border bg-surface">
      <section
        aria-label={t("list")}
        aria-busy={pending || undefined}
        className={cn(pending && "opacity-55 delay-150")}
      >
        {children}
      </section>
      <div className="border-t px-3 py-2">
        <Pagination page={page} pageSize={REVIEWS_PAGE} total={total} />
      </div>
    </div>
  );
}
