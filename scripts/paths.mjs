import path from "node:path";

/** The project's folder. */
export const root = path.resolve(import.meta.dirname, "..");

/** What the scripts remember and unpack; belongs to the checkout, not to a data folder. */
export const cache = path.join(root, "node_modules", ".cache", "duken");

export const bin = {
  next: path.join(root, "node_modules", "next", "dist", "bin", "next"),
  /** Arguments for Node that run a TypeScript file of ours. */
  tsx: ["--import", "tsx"],
};
