"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useFormSave } from "@/components/ui/use-form-save";
import type { ProductCity } from "@/lib/products/model";
import { saveCities } from "../actions";

type Props = {
  productId: string;
  cities: ProductCity[];
  /** Null: those of the store. */
  own: string[] | null;
};

/** Chooses the cities of one product, or gives the choice back to its store. */
export function CitiesEditor(props: Props) {
  const t = useTranslations("cities.product");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {t("change")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("window")} lead={t("lead")}>
        <Choice {...props} onSaved={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function Choice({ productId, cities, own, onSaved }: Props & { onSaved: () => void }) {
  const t = useTranslations("cities.product");
  const [whose, setWhose] = useState<"store" | "own">(own === null ? "store" : "own");
  const { save, pending, fields, failure } = useFormSave();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget).getAll("city").map(String);
    const cityIds = whose === "store" ? null : chosen;
    save(() => saveCities({ productId, cityIds }), { text: t("saved"), after: onSaved });
  };
  const words = fields.cityIds ?? failure;
  return (
    <form noValidate onSubmit={submit} className="flex flex-col items-start gap-4">
      <SegmentedControl
        label={t("which")}
        value={whose}
        options={[
          { value: "store", label: t("storeChoice") },
          { value: "own", label: t("ownChoice") },
        ]}
        onChoose={setWhose}
      />
      {whose === "own" && (
        <fieldset className="flex flex-col gap-1">
          <legend className="sr-only">{t("which")}</legend>
          {cities.map((city) => (
            <Checkbox key={city.id} name="city" value={city.id} defaultChecked={city.isPriced}>
              {city.name}
            </Checkbox>
          ))}
        </fieldset>
      )}
      {words && <Notice tone="red">{words}</Notice>}
      <Button type="submit" look="primary" pending={pending}>
        {t("save")}
      </Button>
    </form>
  );
}
