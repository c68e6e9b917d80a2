import { cookies } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { formats } from "./formats";
import { defaultLocale, isLocale, localeCookie } from "./locales";
import { messages } from "./messages";
import { defaultTimeZone } from "./zones";

/** The language of a page is the cookie's; there is none in the address. */
export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(localeCookie)?.value;
  const locale = isLocale(chosen) ? chosen : defaultLocale;
  return {
    locale,
    messages: messages[locale],
    formats,
    timeZone: defaultTimeZone,
    now: new Date(),
  };
});
