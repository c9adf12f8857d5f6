import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { POST as preview } from "@/app/api/v1/reports/previews/route";
import { POST as sendNow } from "@/app/api/v1/reports/schedules/[id]/deliveries/route";
import { DELETE as remove } from "@/app/api/v1/reports/schedules/[id]/route";
import { POST as add, GET as list } from "@/app/api/v1/reports/schedules/route";
import { execute, query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { deliverReports } from "@/lib/reports/deliver";
import type { ScheduleItem } from "@/lib/reports/types";
import { rotateSealedSecrets } from "@/lib/settings/secrets/rotate";
import { insertUser, sessionOf } from "@/tests/factories/accounts";
import { insertRoiFleet } from "@/tests/factories/roi-fleet";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call, ORIGIN } from "./call";

interface Mail {
  to: string[];
  raw: string;
}

// The environment is read once, when the first module asks for it: servers have their ports before.
const net = await vi.hoisted(async () => {
  const { createServer: listen } = await import("node:net");
  const freePort = () =>
    new Promise<number>((resolve) => {
      const probe = listen().listen(0, "127.0.0.1", () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
      });
    });
  const [smtp, chat] = [await freePort(), await freePort()];
  process.env.SMTP_URL = `smtp://127.0.0.1:${smtp}`;
  process.env.MAIL_FROM = "Fleetgauge <fleetgauge@example.com>";
  process.env.APP_URL = "https://fleet.example.com";
  process.env.EGRESS_ALLOW_HOSTS = `127.0.0.1:${chat}`;
  return { smtp, chat };
});
useTestDatabase();

const mails: Mail[] = [];
const posts: { path: string; body: Record<string, unknown> }[] = [];
/** What the servers do with the next thing that is sent to them. */
let mood: "well" | "down" | "refuses one" = "well";
let smtp: SMTPServer;
let chat: Server;
let finance: Record<string, string>;
let lead: Record<string, string>;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-04-07T12:00:00Z") });
  finance = await insertRoiFleet();
  const [team] = await query<{ id: number }>(sql`select id from team where slug = 'payments'`);
  const leader = await insertUser("lead", { teamIds: [team?.id ?? 0] });
  lead = { ...(await sessionOf(leader)), origin: ORIGIN };
  smtp = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onRcptTo: ({ address }, _session, done) => {
      if (mood === "down" || (mood === "refuses one" && address.startsWith("gone"))) done(new Error("no such mailbox"));
      else done();
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString("latin1"),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(net.smtp, "127.0.0.1", resolve));
  chat = createServer(async (request, response) => {
    posts.push({ path: request.url ?? "", body: JSON.parse(await bodyOf(request)) });
    response.writeHead(mood === "down" ? 500 : 200).end("ok");
  });
  await new Promise<void>((resolve) => chat.listen(net.chat, "127.0.0.1", resolve));
  expect((chat.address() as AddressInfo).port).toBe(net.chat);
  return () => vi.useRealTimers();
});
afterAll(() => {
  chat.close();
  smtp.close(() => undefined);
});
beforeEach(async () => {
  mood = "well";
  mails.length = 0;
  posts.length = 0;
});

/** Headers and text of a mail; what is attached is left out. */
const wordsOf = (mail: Mail | undefined): string =>
  (mail?.raw ?? "")
    .replaceAll(/=\r\n/g, "")
    .replaceAll("=3D", "=")
    .replaceAll(/\r\n(?:[A-Za-z0-9+/=]{20,}\r\n)+/g, "\r\n");
const at = (now: string) => vi.setSystemTime(new Date(now));
const MAIL = { org: "acme", channel: "mail", onDay: 9, recipients: ["board@example.com", "gone@example.com"] };
const WEBHOOK = `http://127.0.0.1:${net.chat}/services/T000/secret-part`;
const CHAT = { org: "acme", channel: "slack", onDay: 1, webhook: WEBHOOK };
const say = async (body: object, as = finance) => {
  const answer = await call(add, "/api/v1/reports/schedules", { as, body });
  return { status: answer.status, body: await answer.json() };
};
const items = async (as = finance): Promise<ScheduleItem[]> =>
  (await (await call(list, "/api/v1/reports/schedules", { as })).json()).items;
const latest = async (as = finance) => (await items(as))[0]?.deliveries[0];
const path = (id: string, as = finance) => ({ as, method: "POST", params: { id } });

describe("a report that is to be sent", () => {
  it.each([
    ["to nobody", { ...MAIL, recipients: [] }, "/recipients"],
    ["to what is no address", { ...MAIL, recipients: ["board"] }, "/recipients/0"],
    ["on a day that not every month has", { ...MAIL, onDay: 31 }, "/onDay"],
    ["on a day that no week has", { ...CHAT, onDay: 9 }, "/onDay"],
    ["to a chat without its address", { ...CHAT, webhook: null }, "/webhook"],
    ["to what is no address of a chat", { ...CHAT, webhook: "file:///etc/passwd" }, "/webhook"],
    ["of a team that is not there", { ...MAIL, team: "nobody" }, "/team"],
  ])("is refused: one %s", async (_, body, pointer) => {
    const as = body.channel === "mail" ? finance : lead;
    expect(await say(body, as)).toMatchObject({ status: 422, body: { pointer } });
    expect(await items(as)).toEqual([]);
  });

  it("goes to no address inside of the network that nobody allowed", async () => {
    expect(await say({ ...CHAT, webhook: "http://10.0.0.1/hook" }, lead)).toMatchObject({
      status: 422,
      body: { pointer: "/webhook" },
    });
  });

  it("is of money for finance, and of the week for whoever leads", async () => {
    expect((await say(MAIL, lead)).status).toBe(403);
    expect((await say(CHAT)).status).toBe(403);
    expect((await say({ ...CHAT, team: "search" }, lead)).body).toMatchObject({ pointer: "/team" });
  });

  it("is shown before, and nothing is sent", async () => {
    const answer = await call(preview, "/api/v1/reports/previews", { as: finance, body: MAIL });
    const shown = await answer.json();
    // On 7 April nothing of March is due yet.
    expect(shown).toMatchObject({ firstDay: "2026-02-01", lastDay: "2026-02-28" });
    at("2026-04-10T12:00:00Z");
    const march = await (await call(preview, "/api/v1/reports/previews", { as: finance, body: MAIL })).json();
    expect(march.subject).toMatch(/^acme, Mar 2026: Agents (bring|cost) \$[\d,]+ a month more than they/);
    expect(march.text).toContain("https://fleet.example.com/roi?period=custom&from=2026-03-01&to=2026-03-31&org=acme");
    expect(march.files.map(({ fileName }: { fileName: string }) => fileName)).toEqual([
      "fleetgauge-roi-2026-03-01-to-2026-03-31.pdf",
      "fleetgauge-roi-2026-03-01-to-2026-03-31.xlsx",
    ]);
    expect([mails, posts]).toEqual([[], []]);
    at("2026-04-07T12:00:00Z");
  });
});

describe("the month by e-mail", () => {
  it("is sent on its day with the two pages and the workbook, once", async () => {
    const { body, status } = await say(MAIL);
    expect(status).toBe(200);
    expect(await deliverReports()).toBe(0);
    at("2026-04-09T07:59:00Z");
    expect(await deliverReports()).toBe(0);
    at("2026-04-09T08:00:00Z");
    expect(await deliverReports()).toBe(1);
    expect(await deliverReports()).toBe(0);
    const [mail] = mails;
    expect(mail?.to).toEqual(MAIL.recipients);
    const words = wordsOf(mail);
    expect(words).toMatch(/^From: Fleetgauge <fleetgauge@example\.com>/m);
    expect(words).toMatch(/^Subject: acme, Mar 2026: Agents/m);
    expect(words).toMatch(/filename="?fleetgauge-roi-2026-03-01-to-2026-03-31\.pdf/);
    expect(words).toMatch(/filename="?fleetgauge-roi-2026-03-01-to-2026-03-31\.xlsx/);
    expect(words).toContain("https://fleet.example.com/roi?period=custom");
    expect(await latest()).toMatchObject({ state: "sent", attempts: 1, firstDay: "2026-03-01", error: null });
    expect((await items())[0]).toMatchObject({ id: body.id, nextDue: "2026-05-09T08:00:00.000Z", webhookHost: null });
  });

  it("says which mailbox did not take it", async () => {
    mood = "refuses one";
    const [{ id } = { id: "" }] = await items();
    expect((await call(sendNow, "/api", path(id))).status).toBe(200);
    at("2026-04-09T08:01:00Z");
    expect(await deliverReports()).toBe(1);
    expect(mails[0]?.to).toEqual(["board@example.com"]);
    expect(await latest()).toMatchObject({ state: "sent", error: "Not taken: gone@example.com." });
  });

  it("is tried again later and later, under the same message id, until it has failed", async () => {
    mood = "down";
    const [{ id } = { id: "" }] = await items();
    await call(sendNow, "/api", path(id));
    const tried: [string, string | null][] = [];
    for (const now of ["08:10", "08:10", "08:11", "08:16", "08:46", "10:46", "16:46", "23:00"]) {
      at(`2026-04-09T${now}:00Z`);
      expect(await deliverReports()).toBe(0);
      const { attempts, nextAt, state } = (await latest()) ?? {};
      tried.push([`${now} ${state} ${attempts}`, nextAt?.slice(11, 16) ?? null]);
    }
    expect(tried).toEqual([
      ["08:10 waiting 1", "08:11"],
      ["08:10 waiting 1", "08:11"],
      ["08:11 waiting 2", "08:16"],
      ["08:16 waiting 3", "08:46"],
      ["08:46 waiting 4", "10:46"],
      ["10:46 waiting 5", "16:46"],
      ["16:46 failed 6", null],
      ["23:00 failed 6", null],
    ]);
    expect((await latest())?.error).toBe("The mail server answered 550.");
  });

  it("is tried at once when somebody asks for it, and twice at a time by nobody", async () => {
    const [{ id } = { id: "" }] = await items();
    mood = "down";
    await call(sendNow, "/api", path(id));
    at("2026-04-10T08:00:00Z");
    await deliverReports();
    mood = "well";
    await call(sendNow, "/api", path(id));
    const sent = await Promise.all([deliverReports(), deliverReports(), deliverReports()]);
    expect(sent.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(mails).toHaveLength(1);
    expect((await items())[0]?.deliveries.filter(({ state }) => state === "waiting")).toEqual([]);
  });

  it("comes again under its message id when a worker is killed before it could note that it was sent", async () => {
    const [{ id } = { id: "" }] = await items();
    await call(sendNow, "/api", path(id));
    at("2026-04-11T08:00:00Z");
    expect(await deliverReports()).toBe(1);
    // As the worker leaves it that is killed between the two.
    await execute(
      sql`update report_delivery set state = 'waiting', sent_at = null, next_at = now() + interval '15 minutes'
        where id = (select max(id) from report_delivery)`,
    );
    await execute(sql`update report_delivery set next_at = '2026-04-11T08:15:00Z' where state = 'waiting'`);
    at("2026-04-11T08:14:00Z");
    expect(await deliverReports()).toBe(0);
    at("2026-04-11T08:15:00Z");
    expect(await deliverReports()).toBe(1);
    const ids = mails.map(({ raw }) => /^Message-ID: (.+)$/im.exec(raw)?.[1]);
    expect(ids[0]).toMatch(/^<[0-9a-f-]{36}\.\d+@fleetgauge>/);
    expect(ids[1]).toBe(ids[0]);
  });

  it("is of the last month alone where several were missed", async () => {
    at("2026-08-20T08:00:00Z");
    expect(await deliverReports()).toBe(1);
    expect(await latest()).toMatchObject({ firstDay: "2026-07-01", lastDay: "2026-07-31" });
    expect(wordsOf(mails[0])).toContain("This month is not whole: data reach to 2026-06-01.");
  });

  it("fails at once, and says why, when its owner may not see money any more", async () => {
    const [{ id } = { id: "" }] = await items();
    await call(sendNow, "/api", path(id));
    await execute(sql`update app_user set role = 'viewer' where role = 'finance'`);
    at("2026-08-21T08:00:00Z");
    expect(await deliverReports()).toBe(0);
    await execute(sql`update app_user set role = 'finance' where role = 'viewer'`);
    expect(await latest()).toMatchObject({
      state: "failed",
      error: "Reports of money are sent by finance and administrators.",
    });
    expect(mails).toEqual([]);
  });

  it("is sent no more when it is removed", async () => {
    const [{ id } = { id: "" }] = await items();
    expect((await call(remove, "/api", { ...path(id, lead), method: "DELETE" })).status).toBe(404);
    expect((await call(remove, "/api", { ...path(id), method: "DELETE" })).status).toBe(200);
    expect((await call(remove, "/api", { ...path(id), method: "DELETE" })).status).toBe(404);
    at("2026-12-20T08:00:00Z");
    expect(await deliverReports()).toBe(0);
    expect(await items()).toEqual([]);
  });
});

describe("the week to a chat", () => {
  beforeAll(() => {
    at("2026-03-12T12:00:00Z");
  });

  it("tells Slack what agents shipped, each rate with its interval and n, for the team of whoever leads it", async () => {
    expect((await say({ ...CHAT, team: "payments" }, lead)).status).toBe(200);
    await execute(sql`update report_schedule set created_at = '2026-03-01'`);
    at("2026-03-16T08:00:00Z");
    expect(await deliverReports()).toBe(1);
    const [{ body, path: posted } = { body: {}, path: "" }] = posts;
    expect(posted).toBe("/services/T000/secret-part");
    const lines = String(body.text).split("\n");
    expect(lines[0]).toBe("*payments, acme: what agents shipped, 9 Mar – 15 Mar 2026*");
    expect(lines[1]).toMatch(/^• Merged by agents: \d+; the week before \d+$/);
    expect(lines.some((line) => /^• .+: [\d.]+\s%\s\([\d.–]+\s%, n \d+\)/.test(line))).toBe(true);
    expect(lines.at(-1)).toBe(
      "<https://fleet.example.com/overview?period=custom&from=2026-03-09&to=2026-03-15&org=acme&team=payments|Look at the week>",
    );
    const answer = await items(lead);
    expect(answer[0]).toMatchObject({ webhookHost: `127.0.0.1:${net.chat}`, team: "payments" });
    expect(JSON.stringify(answer)).not.toContain("secret-part");
  });

  it("says that nothing is known of a week of which no data have come, and not that nothing was taken back", async () => {
    at("2026-09-01T08:00:00Z");
    const answer = await call(preview, "/api/v1/reports/previews", { as: lead, body: CHAT });
    const { text } = await answer.json();
    expect(text).toMatch(
      /^Nothing is known of this week: no data have come of it, they reach to 2026-06-01\.\n\nLook at/,
    );
    at("2026-06-02T08:00:00Z");
    const part = await (await call(preview, "/api/v1/reports/previews", { as: lead, body: CHAT })).json();
    expect(part.text).not.toContain("not whole");
    at("2026-03-16T08:00:00Z");
  });

  it("tells of a chat that is down without its address", async () => {
    const [{ id } = { id: "" }] = await items(lead);
    mood = "down";
    await call(sendNow, "/api", path(id, lead));
    at("2026-03-17T08:00:00Z");
    expect(await deliverReports()).toBe(0);
    expect(await latest(lead)).toMatchObject({ state: "waiting", error: `127.0.0.1:${net.chat} answered 500.` });
    await call(remove, "/api", { ...path(id, lead), method: "DELETE" });
  });

  it("is a card for Teams", async () => {
    expect((await say({ ...CHAT, channel: "teams" }, lead)).status).toBe(200);
    const [{ id } = { id: "" }] = await items(lead);
    await call(sendNow, "/api", path(id, lead));
    at("2026-03-18T08:00:00Z");
    expect(await deliverReports()).toBe(1);
    expect(posts[0]?.body).toMatchObject({
      type: "message",
      attachments: [
        {
          contentType: "application/vnd.microsoft.card.adaptive",
          content: { type: "AdaptiveCard", actions: [{ title: "Look at the week" }] },
        },
      ],
    });
  });

  it("keeps the address sealed, under its new secret too", async () => {
    const [row] = await query<{ webhook: Buffer }>(
      sql`select webhook from report_schedule where removed_at is null and webhook is not null`,
    );
    expect(row?.webhook.toString("latin1")).not.toContain("secret-part");
    expect(await rotateSealedSecrets()).toMatchObject({ lost: [] });
  });
});
