import { Client, escapeIdentifier } from "pg";

/** Runs statements on the maintenance database of the server that a database is on. */
async function onServer(url: string, statements: readonly string[]): Promise<void> {
  const address = new URL(url);
  address.pathname = "/postgres";
  const client = new Client({ connectionString: address.href });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

const nameOf = (url: string): string => escapeIdentifier(decodeURIComponent(new URL(url).pathname.slice(1)));

/** Drops a database with everybody's connections to it, if it is there. */
export async function dropDatabase(url: string): Promise<void> {
  await onServer(url, [`drop database if exists ${nameOf(url)} with (force)`]);
}

/** Makes a database anew: empty, or as a copy of another one that nobody is connected to. */
export async function createDatabase(url: string, copyOf: string | null): Promise<void> {
  const template = copyOf === null ? "template0" : nameOf(copyOf);
  await dropDatabase(url);
  await onServer(url, [`create database ${nameOf(url)} template ${template} strategy file_copy`]);
}
