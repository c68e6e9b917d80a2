/** Something unsafe in how this installation is set up, in words for whoever runs it. */
export type Finding = {
  id: string;
  /** An error ends the check with 1; a warning is to be weighed. */
  level: "error" | "warning";
  what: string;
  why: string;
  todo: string;
};

type Words = [what: string, why: string, todo: string];

const finding =
  (level: Finding["level"]) =>
  (id: string, [what, why, todo]: Words): Finding => ({ id, level, what, why, todo });

export const unsafe = finding("error");
export const unwise = finding("warning");
