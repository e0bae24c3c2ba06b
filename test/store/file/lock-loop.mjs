// Takes the lock of a data folder and keeps it until it is killed: node lock-loop.mjs COMPILED FOLDER
const [compiled, folder] = process.argv.slice(2);
const { lockDataFolder } = await import(`${compiled}/store/file/lock.js`);
try {
  lockDataFolder(folder);
  process.stdout.write("held\n");
  setInterval(() => undefined, 1_000);
} catch (error) {
  process.stdout.write(`${error.name}\n`);
}
