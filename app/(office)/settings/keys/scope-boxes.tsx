"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { type GivenScope, givenScopes } from "@/lib/auth/api-key-scope-model";

type Props = {
  chosen: readonly GivenScope[];
  onChange: (chosen: GivenScope[]) => void;
  error: string | undefined;
};

/** What a key may be used for, each with a line that says so. */
export function ScopeBoxes({ chosen, onChange, error }: Props) {
  const t = useTranslations("keys");
  const turn = (turned: GivenScope, on: boolean) =>
    onChange(givenScopes.filter((scope) => (scope === turned ? on : chosen.includes(scope))));
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1.5 font-medium text-sm">{t("form.scopes")}</legend>
      {givenScopes.map((scope) => (
        <Checkbox
          key={scope}
          checked={chosen.includes(scope)}
          onChange={({ target }) => turn(scope, target.checked)}
        >
          <span className="py-1">
            {t(`scope.${scope}`)}
            <span className="block text-ink-soft text-sm">{t(`scopeHint.${scope}`)}</span>
          </span>
        </Checkbox>
      ))}
      {error && <p className="text-red text-sm">{error}</p>}
    </fieldset>
  );
}
