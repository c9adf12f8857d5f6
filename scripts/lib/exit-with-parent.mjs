// Preloaded into child processes: when the parent is gone, even by SIGKILL, its end of the channel closes.
process.on("disconnect", () => process.exit(1));
process.channel?.unref();
