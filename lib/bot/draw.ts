import { messageText } from "./cut-text";
import type { Drawn, Screen } from "./model";
import { askScreen } from "./screens/ask";
import { dueScreen, hourScreen, minuteScreen, monthScreen } from "./screens/due";
import { homeScreen } from "./screens/home";
import { deleteListScreen, listScreen } from "./screens/list";
import { chooseListScreen, listsScreen } from "./screens/lists";
import { settingsScreen } from "./screens/settings";
import { assignScreen, deleteTaskScreen, taskScreen } from "./screens/task";
import { tasksScreen } from "./screens/tasks";
import type { Sight } from "./sight";

/** A screen as the office has it now. Throws as `callOffice`. */
export async function draw(sight: Sight, screen: Screen): Promise<Drawn> {
  const { text, rows } = await drawn(sight, screen);
  return { text: messageText(text), rows };
}

function drawn(sight: Sight, screen: Screen): Promise<Drawn> {
  switch (screen.name) {
    case "home":
      return homeScreen(sight);
    case "lists":
      return listsScreen(sight, screen.page);
    case "tasks":
      return tasksScreen(sight, screen.of, screen.page);
    case "choose-list":
      return chooseListScreen(sight, screen.page);
    case "list":
      return listScreen(sight, screen.list);
    case "task":
      return taskScreen(sight, screen.task);
    case "assign":
      return assignScreen(sight, screen.task, screen.page);
    case "due":
      return dueScreen(sight, screen.task);
    case "month":
      return monthScreen(sight, screen.task, screen.month);
    case "hour":
      return hourScreen(sight, screen.task, screen.day);
    case "minute":
      return minuteScreen(sight, screen.task, screen);
    case "delete-task":
      return deleteTaskScreen(sight, screen.task);
    case "delete-list":
      return deleteListScreen(sight, screen.list);
    case "ask":
      return askScreen(sight, screen.wanted);
    case "settings":
      return settingsScreen(sight);
  }
}
