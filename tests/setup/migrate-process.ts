import { migrate } from "@/lib/db/migrate";

// A process of its own for tests: node --import tsx migrate-process.ts <url> <directory>
const [url = "", directory] = process.argv.slice(2);
const { applied } = await migrate(url, directory);
process.stdout.write(JSON.stringify(applied));
