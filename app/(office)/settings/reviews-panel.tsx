"use client";

import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { saveReviews } from "./actions";
import { SettingsForm } from "./settings-form";

const names = ["salesPerReview", "reviewsRead"] as const;
type Settings = Record<(typeof names)[number], number>;

/** What stands behind a review, and how many are read. */
export function ReviewsPanel({ reviews }: { reviews: Settings }) {
  const t = useTranslations("settings.reviews");
  return (
    <Panel id="reviews" title={t("title")}>
      <p className="text-ink-soft">{t("lead")}</p>
      <SettingsForm
        save={({ salesPerReview = "", reviewsRead = "" }) =>
          saveReviews({ salesPerReview, reviewsRead })
        }
        saved={t("saved")}
        act={t("save")}
      >
        {(errors) => (
          <div className="grid gap-4 sm:grid-cols-2">
            {names.map((name) => (
              <Field
                key={name}
                label={t(`label.${name}`)}
                hint={t(`hint.${name}`)}
                error={errors[name]}
              >
                {(wiring) => (
                  <Input
                    {...wiring}
                    name={name}
                    inputMode="numeric"
                    defaultValue={`${reviews[name]}`}
                  />
                )}
              </Field>
            ))}
          </div>
        )}
      </SettingsForm>
    </Panel>
  );
}
