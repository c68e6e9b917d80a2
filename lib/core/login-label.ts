/** Whether a Kaspi login is a phone, `7XXXXXXXXXX`, and not an e-mail. */
export function isPhone(login: string): boolean {
  return /^7\d{10}$/.test(login);
}

/** A login as lists and logs may show it: of a phone only the ends. */
export function loginLabel(login: string): string {
  return isPhone(login) ? `+7 ${login.slice(1, 4)} ••• •• ${login.slice(-2)}` : login;
}
