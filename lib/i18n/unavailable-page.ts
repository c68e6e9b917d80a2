import type { Locale } from "./locales";
import { translator } from "./translator";

/** What a browser shows while Postgres is away: whole in itself, and it looks again by itself. */
export function unavailablePage(locale: Locale, nonce: string): string {
  const t = translator(locale);
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="5">
<title>${t("unavailable.title")}</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; }
body { display: grid; min-height: 100dvh; place-items: center; margin: 0; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 32rem; padding: 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
</style>
</head>
<body>
<main role="alert">
<h1>${t("unavailable.title")}</h1>
<p>${t("unavailable.text")}</p>
</main>
</body>
</html>
`;
}
