"use client";

import { ReloadIcon } from "@radix-ui/react-icons";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useAct } from "@/components/use-act";
import { askCard, askShop } from "./actions";

type Props = ({ storeId: string; name: string } | { cardId: string }) & {
  look?: "primary";
  size?: "sm" | "md";
};

/** Has a shop or a card read now. */
export function AskButton({ look, size = "md", ...of }: Props) {
  const t = useTranslations("reviews");
  const { pending, act } = useAct();
  const ask = () =>
    act(() => ("storeId" in of ? askShop({ storeId: of.storeId }) : askCard({ card: of.cardId })));
  return (
    <Button size={size} look={look} pending={pending} onClick={ask}>
      {!pending && <ReloadIcon aria-hidden="true" />}
      {t(look ? "analyse" : "readNow")}
      {"name" in of && <span className="sr-only">: {of.name}</span>}
    </Button>
  );
}
