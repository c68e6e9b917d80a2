"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

export type PointDraft = { pointId: string; label: string; cityName: string; quantity: string };

type Props = {
  points: readonly PointDraft[];
  error: string | undefined;
  onChange: (points: PointDraft[]) => void;
};

/** How many pieces come to each point. */
export function PointFields({ points, error, onChange }: Props) {
  const t = useTranslations("preorders.form");
  if (points.length === 0) return <p className="text-amber">{t("noPoints")}</p>;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-sm">{t("points")}</legend>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
        {points.map(({ pointId, label, cityName, quantity }) => (
          <Field
            key={pointId}
            label={
              <>
                {label}
                {cityName && <span className="font-normal text-ink-faint">, {cityName}</span>}
              </>
            }
          >
            {(wiring) => (
              <Input
                {...wiring}
                inputMode="numeric"
                autoComplete="off"
                value={quantity}
                aria-invalid={error ? true : undefined}
                onChange={({ target }) =>
                  onChange(
                    points.map((point) =>
                      point.pointId === pointId ? { ...point, quantity: target.value } : point,
                    ),
                  )
                }
                className="text-right"
              />
            )}
          </Field>
        ))}
      </div>
      <p className={error ? "text-red text-sm" : "text-ink-faint text-sm"}>
        {error ?? t("pointsHint")}
      </p>
    </fieldset>
  );
}

/** What is wrong with the points, whichever of them it is. */
export const pointsError = (fields: Readonly<Record<string, string>>): string | undefined =>
  Object.entries(fields).find(([path]) => path === "points" || path.startsWith("points."))?.[1];
