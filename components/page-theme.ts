import { rememberPreference } from "./preference-cookie";
import { isTheme, type Theme, themeCookie } from "./theme";

/** What the page wears now; known in the browser only. */
export function themeOnPage(): Theme {
  const { theme } = document.documentElement.dataset;
  return isTheme(theme) ? theme : "system";
}

export function wearTheme(theme: Theme): void {
  rememberPreference(themeCookie, theme);
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset.theme;
  else dataset.theme = theme;
}
