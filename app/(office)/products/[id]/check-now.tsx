"use client";

import { UpdateIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { checkNow } from "../actions";

type Props = { productId: string; cityId: string };

/** Reads the market of one product in a city at once and says what came of it. */
export function CheckNow({ productId, cityId }: Props) {
  const t = useTranslations("products.product.market");
  const tErrors = useTranslations("errors");
  const toast = useToast();
  const [pending, startTransition] = useTransition();
  const check = () =>
    startTransition(async () => {
      const result = await checkNow({ productId, cityId }).catch(() => null);
      if (result === null) return toast({ tone: "red", text: tErrors("no_connection") });
      if (!result.ok) return toast({ tone: "red", text: result.failure.text });
      const { market } = result.value;
      toast({ text: t(market), tone: market === "done" ? "plain" : "red" });
    });
  return (
    <Button size="sm" pending={pending} onClick={check}>
      {!pending && <UpdateIcon aria-hidden="true" />}
      {t(pending ? "checking" : "check")}
    </Button>
  );
}
