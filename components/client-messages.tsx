import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { type MessagePath, pickMessages } from "@/lib/i18n/pick";
import { MoreMessages } from "./more-messages";

type Props = { of: readonly MessagePath[]; children: ReactNode };

/**
 * The messages that client components below may use, besides those given further up; a server
 * component has all of them. tests/i18n/client-messages.test.ts knows what each page needs.
 */
export async function ClientMessages({ of, children }: Props) {
  return <MoreMessages messages={pickMessages(await getMessages(), of)}>{children}</MoreMessages>;
}
