"use client";

import { UpdateIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { useAct } from "@/components/use-act";
import { useCounted } from "@/components/use-counted";
import { chooseCity, readPoints } from "./actions";

type Props = {
  store: { id: string; productsCount: number };
  city: { id: string; name: string };
};

export function ChooseCity({ store, city }: Props) {
  const t = useTranslations("stores.page.points");
  const counted = useCounted();
  return (
    <Confirm
      trigger={
        <Button size="sm" aria-label={t("chooseCity", { city: city.name })}>
          {t("choose")}
        </Button>
      }
      title={t("chooseTitle", { city: city.name })}
      act={t("choose")}
      onAct={() => chooseCity({ storeId: store.id, cityId: city.id })}
    >
      {t("chooseText", { city: city.name, ...counted(store.productsCount) })}
    </Confirm>
  );
}

export function ReadPoints({ storeId }: { storeId: string }) {
  const t = useTranslations("stores.page.points");
  const { pending, act } = useAct();
  return (
    <Button
      size="sm"
      pending={pending}
      onClick={() => act(() => readPoints({ storeId }), t("read"))}
    >
      {!pending && <UpdateIcon aria-hidden="true" />}
      {t("refresh")}
    </Button>
  );
}
