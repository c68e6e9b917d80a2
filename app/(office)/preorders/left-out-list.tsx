"use client";

import { useTranslations } from "next-intl";
import { useCounted } from "@/components/use-counted";
import type { PreorderPreview } from "@/lib/preorders/model";

/** How many products get a preorder, and which not and why. */
export function LeftOutList({ preview: { makes, left } }: { preview: PreorderPreview }) {
  const t = useTranslations("preorders");
  const counted = useCounted();
  return (
    <div aria-live="polite" className="flex flex-col gap-2 rounded-md bg-sunken px-3 py-2">
      <p className="font-medium">{t("form.makes", counted(makes))}</p>
      {left.length > 0 && (
        <>
          <p className="text-ink-soft text-sm">{t("form.left")}</p>
          <ul className="flex flex-col gap-1 text-sm">
            {left.map(({ why, count, names }) => (
              <li key={why}>
                {counted(count).shown}: {t(`left.${why}`)}
                <span className="block truncate text-ink-faint text-xs">
                  {names.join(", ")}
                  {count > names.length && "…"}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
