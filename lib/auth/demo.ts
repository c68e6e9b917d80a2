/** The office of the training installation belongs to this person; it exists only with the twin. */
export const demoOwner = {
  email: "demo@duken.kz",
  name: "Айгерим",
  password: "demo-duken",
} as const;

/** The login everybody knows. With the real Kaspi it leads nowhere, whatever a database holds. */
export function isDemoLogin({ email, password }: { email: string; password: string }): boolean {
  return email === demoOwner.email || password === demoOwner.password;
}
