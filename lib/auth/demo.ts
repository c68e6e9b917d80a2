/** The office of the training installation belongs to this person; it exists only with the twin. */
export const demoOwner = {
  email: "demo@duken.kz",
  name: "Айгерим",
  password: "demo-duken",
} as const;
