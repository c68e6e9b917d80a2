import { TasksLoading } from "../tasks-loading";

export default function Loading() {
  return <TasksLoading />;
}
