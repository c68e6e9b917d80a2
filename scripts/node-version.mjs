// Imported first by every entry: nothing else may run on a Node that cannot.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 20)) {
  console.error(
    `Нужен Node.js 20.20 или новее, а здесь ${process.versions.node}: https://nodejs.org`,
  );
  process.exit(1);
}
if (process.platform === "win32") {
  console.error(
    "На Windows запускайте внутри WSL: https://learn.microsoft.com/windows/wsl/install",
  );
  process.exit(1);
}
