import { useTranslations } from "next-intl";
import { Tabs } from "@/components/ui/tabs";

const pages = [
  { name: "mailings", href: "/mailings" },
  { name: "messages", href: "/mailings/messages" },
  { name: "recipients", href: "/mailings/recipients" },
] as const;

/** The parts of mailings; the mailbox only where letters go into it. */
export function MailingsTabs({ hasMailbox }: { hasMailbox: boolean }) {
  const t = useTranslations("mailings.tabs");
  const tabs = pages.map(({ name, href }) => ({ href, label: t(name) }));
  const mailbox = { href: "/mailings/mailbox", label: t("mailbox") };
  return <Tabs label={t("label")} tabs={hasMailbox ? [...tabs, mailbox] : tabs} />;
}
