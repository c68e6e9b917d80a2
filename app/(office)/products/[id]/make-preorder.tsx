"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";

const NewPreordersWindow = lazy(async () => ({
  default: (await import("../../preorders/new-preorders-window")).NewPreordersWindow,
}));

export function MakePreorder({ productId }: { productId: string }) {
  const t = useTranslations("preorders.act");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} className="self-start">
        {t("make")}
      </Button>
      {open && (
        <Suspense>
          <NewPreordersWindow
            count={1}
            selection={{ kind: "ids", ids: [productId] }}
            onClose={() => setOpen(false)}
            onMade={() => {}}
          />
        </Suspense>
      )}
    </>
  );
}
