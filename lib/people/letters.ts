import type { Locale } from "@/lib/i18n/locales";
import { translator } from "@/lib/i18n/translator";
import type { Mail } from "@/lib/mail/mailer";

type Addressed = { to: string; locale: Locale; link: string };

/** In the language the invite was made in. */
export function inviteLetter({ to, locale, link, from }: Addressed & { from: string }): Mail {
  const t = translator(locale);
  return {
    to,
    subject: t("mail.invite.subject"),
    text: t("mail.invite.text", { from, link }),
  };
}

/** In the person's own language. */
export function resetLetter({ to, locale, link }: Addressed): Mail {
  const t = translator(locale);
  return { to, subject: t("mail.reset.subject"), text: t("mail.reset.text", { link }) };
}
