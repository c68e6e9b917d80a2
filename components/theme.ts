export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = "duken-theme";

export function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value);
}
