/** Says in words when this Node.js is too old. Must itself run on any version that knows ES modules. */
export function checkNodeVersion() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
  if (supported) return;
  process.stderr.write(
    `Fleetgauge needs Node.js 20.19 or newer in 20, 22.12 or newer in 22, or 24 and above; this is ${process.versions.node}.\n` +
      "Install one from https://nodejs.org, then start again.\n",
  );
  process.exit(1);
}
