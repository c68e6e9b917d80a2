import { atRunTime, sourceFiles, sourceOf } from "./source-imports";

const begins = (file: string, directive: string) => sourceOf(file).startsWith(`"${directive}"`);
const isClient = (file: string) => begins(file, "use client");

/** The files Next renders by themselves: pages, layouts and what stands in for them. */
export const rendered = sourceFiles.filter((file) =>
  /^app\/(.*\/)?(page|layout|loading|error|not-found)\.tsx$/.test(file),
);

function reached(from: string[], goesInto: (file: string) => boolean): string[] {
  const seen = new Set<string>();
  const walk = (file: string) => {
    if (seen.has(file) || !goesInto(file)) return;
    seen.add(file);
    atRunTime(file).forEach(walk);
  };
  from.forEach(walk);
  return [...seen];
}

/** What of a rendered file is run on the server, and what in the browser: server actions are not. */
export function runsWhere(file: string): { onServer: string[]; inBrowser: string[] } {
  const onServer = reached([file], (path) => !isClient(path));
  const doors = [file, ...onServer.flatMap(atRunTime)].filter(isClient);
  return { onServer, inBrowser: reached(doors, (path) => !begins(path, "use server")) };
}
