import { defineCommand } from "./command";

export const prepare = defineCommand({
  summary: "Готовит базу к запуску; её вызывает make up.",
  usage: "",
  options: {},
  run: async () => 0,
});
