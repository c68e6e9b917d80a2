import { localeNames, locales } from "@/lib/i18n/locales";
import type { Drawn } from "../model";
import { backButton, button, type Sight } from "../sight";

/** The language, and whether notices come. */
export async function settingsScreen(sight: Sight): Promise<Drawn> {
  const { t, user } = sight;
  return {
    text: `${t("bot.settings")}\n${t(user.muted ? "bot.isMuted" : "bot.isTold")}`,
    rows: [
      locales.map((locale) =>
        button(`${locale === user.locale ? "✓ " : ""}${localeNames[locale]}`, {
          do: { act: "language", locale },
        }),
      ),
      [
        button(t(user.muted ? "bot.unmute" : "bot.mute"), {
          do: { act: "mute", muted: !user.muted },
        }),
      ],
      [backButton(sight)],
    ],
  };
}
