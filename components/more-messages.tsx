"use client";

import { NextIntlClientProvider, useLocale, useMessages } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { type MessageTree, mergeMessages } from "@/lib/i18n/pick";

type Props = { messages: MessageTree; children: ReactNode };

/** Lays messages over those of the provider above; a provider of next-intl would replace them. */
export function MoreMessages({ messages, children }: Props) {
  const above = useMessages();
  const all = useMemo(() => mergeMessages(above, messages), [above, messages]);
  return (
    <NextIntlClientProvider locale={useLocale()} messages={all}>
      {children}
    </NextIntlClientProvider>
  );
}
