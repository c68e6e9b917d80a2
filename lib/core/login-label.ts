/** Whether a Kaspi login is a phone, `7XXXXXXXXXX`, and not an e-mail. */
export function isPhone(login: string): boolean {
  return /^7\d{10}$/.test(login);
}

/** A login as lists and logs may show it: of a phone only the ends. */
export function loginLabel(login: string): string {
  return isPhone(login) ? `+7 ${login.slice(1, 4)} ••• •• ${login.slice(-2)}` : login;
}

/** A login as those may see it whose it is not: of an e-mail how it begins, and where it is. */
export function loginHint(login: string): string {
  return isPhone(login) ? loginLabel(login) : login.replace(/^(.)[^@]*/, "$1•••");
}
