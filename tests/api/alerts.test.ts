import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { POST } from "@/app/api/v1/alerts/[source]/route";
import { POST as events } from "@/app/api/v1/events/route";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import type { Verdicts } from "@/lib/events/native/schema";
import { projectPending } from "@/lib/facts/project";
import { ensureOrganization } from "@/lib/settings/organizations";
import { useTestDatabase } from "@/tests/setup/test-database";
import { call } from "./call";

useTestDatabase();

let orgId: number;
beforeAll(async () => {
  orgId = (await ensureOrganization({ slug: "acme" })).id;
  await projectPending();
  const opened = { kind: "pull_request", id: "1", at: "2026-10-01T00:00:00Z", repository: "acme/billing", number: 7 };
  await call(events, "/", { body: { ...opened, state: "opened", title: "Retry charges", author: "ada" } });
});

async function send(source: string, body: unknown, where = "?repository=acme/billing") {
  const answer = await call(POST, `/api/v1/alerts/${source}${where}`, { params: { source }, body });
  return { status: answer.status, body: (await answer.json()) as Verdicts };
}
const statuses = async (...sent: Parameters<typeof send>) =>
  (await send(...sent)).body.items.map(({ status }) => status);

async function incident(name: string) {
  await projectPending();
  const [row] = await query(
    sql`select i.opened_at as opened, i.resolved_at as resolved, i.severity, i.service, r.name as repo,
        (select payload->>'title' from event e where e.org_id = i.org_id and e.kind = 'incident.opened'
          and e.payload->>'incident' = i.incident) as title
      from fact_incident i left join repository r on r.org_id = i.org_id and r.id = i.repo_id
      where i.org_id = ${orgId} and i.incident = ${name}`,
  );
  return row;
}

describe("Alertmanager", () => {
  const START = "2026-10-30T16:25:04.123456789Z";
  const message = (status: string, value: string) => ({
    version: "4",
    groupKey: '{}:{alertname="HighErrorRate"}',
    truncatedAlerts: 0,
    status,
    receiver: "fleetgauge",
    groupLabels: { alertname: "HighErrorRate" },
    commonLabels: { alertname: "HighErrorRate", severity: "critical" },
    commonAnnotations: { summary: `Errors at ${value}` },
    externalURL: "http://alertmanager:9093",
    alerts: [
      {
        status,
        labels: { alertname: "HighErrorRate", severity: "critical", service: "billing", instance: "10.0.0.1:9100" },
        annotations: { summary: `Errors at ${value}` },
        startsAt: START,
        endsAt: status === "firing" ? "0001-01-01T00:00:00Z" : "2026-10-30T16:55:04.5Z",
        generatorURL: "http://prometheus:9090/graph",
        fingerprint: "c0ffee0123456789",
      },
    ],
  });

  it("opens an incident when an alert fires, once however often it says so, and ends it when it is resolved", async () => {
    expect(await statuses("alertmanager", message("firing", "5 %"))).toEqual([201]);
    expect(await statuses("alertmanager", message("firing", "9 %"))).toEqual([200]);
    expect(await statuses("alertmanager", message("resolved", "1 %"))).toEqual([200, 201]);
    expect(await incident(`c0ffee0123456789@${START}`)).toEqual({
      opened: new Date("2026-10-30T16:25:04.123Z"),
      resolved: new Date("2026-10-30T16:55:04.500Z"),
      severity: 1,
      service: "billing",
      repo: "billing",
      title: "HighErrorRate",
    });
  });

  it("is understood from its end alone, and from Grafana", async () => {
    const { alerts, ...rest } = message("resolved", "1 %");
    const other = {
      ...rest,
      alerts: alerts.map((alert) => ({ ...alert, fingerprint: "feed" })),
      orgId: 1,
      state: "ok",
    };
    expect(await statuses("grafana", other)).toEqual([201, 201]);
    expect(await incident(`feed@${START}`)).toMatchObject({
      severity: 1,
      resolved: new Date("2026-10-30T16:55:04.500Z"),
    });
  });

  it("may say itself of which repository it is", async () => {
    const one = message("firing", "5 %");
    const labelled = one.alerts.map((alert) => ({
      ...alert,
      fingerprint: "beef",
      labels: { ...alert.labels, repository: "acme/biling" },
    }));
    const { body } = await send("alertmanager", { ...one, alerts: labelled }, "?organization=acme");
    expect(body.items).toEqual([
      expect.objectContaining({ status: 404, errors: [expect.objectContaining({ pointer: "" })] }),
    ]);
  });
});

describe("PagerDuty", () => {
  const message = (type: string, at: string, data: object = {}) => ({
    event: {
      id: `01${type}`,
      event_type: type,
      resource_type: "incident",
      occurred_at: at,
      agent: { id: "PLH1HKV", type: "user_reference", summary: "Tenex Engineer" },
      client: { name: "PagerDuty" },
      data: {
        id: "PGR0VU2",
        type: "incident",
        number: 2,
        status: "triggered",
        incident_key: "d3640fbd41094207a1c11e58e46b1662",
        created_at: "2026-10-30T10:00:00Z",
        title: "A little bump in the road",
        service: { id: "PF9KMXH", summary: "Billing API", type: "service_reference" },
        priority: { id: "PSO75BM", summary: "P1", type: "priority_reference" },
        urgency: "high",
        ...data,
      },
    },
  });

  it("opens and ends an incident, and what else it tells is not needed", async () => {
    expect(await statuses("pagerduty", message("incident.resolved", "2026-10-30T11:30:00Z"))).toEqual([201]);
    expect(await statuses("pagerduty", message("incident.triggered", "2026-10-30T10:00:01Z"))).toEqual([201]);
    expect(await statuses("pagerduty", message("incident.acknowledged", "2026-10-30T10:05:00Z"))).toEqual([202]);
    expect(
      await statuses("pagerduty", message("pagey.ping", "2026-10-30T10:05:00Z", { title: 5, service: "x" })),
    ).toEqual([202]);
    expect(await incident("PGR0VU2")).toMatchObject({
      opened: new Date("2026-10-30T10:00:00Z"),
      resolved: new Date("2026-10-30T11:30:00Z"),
      severity: 1,
      service: "Billing API",
      title: "A little bump in the road",
    });
  });

  it("goes by its urgency where it has no priority, and by the organisation where the address names no repository", async () => {
    const sent = message("incident.triggered", "2026-10-30T12:00:00Z", { id: "P2", priority: null, urgency: "low" });
    sent.event.id = "other";
    expect(await statuses("pagerduty", sent, "?organization=acme")).toEqual([201]);
    expect(await incident("P2")).toMatchObject({ severity: 4, repo: null });
  });
});

describe("Opsgenie", () => {
  const message = (action: string) => ({
    action,
    source: { name: "", type: "web" },
    alert: {
      updatedAt: 1_793_355_900_000_000_000,
      message: "Disk is full",
      username: "fili@ifountain.com",
      alertId: "052652ac-5d1c-464a-812a-7dd18bbfba8c",
      source: "billing-db",
      alias: "aliastest",
      tinyId: "23",
      createdAt: 1_793_354_400_000,
      priority: "P2",
    },
    integrationName: "Webhook",
  });

  it("counts milliseconds and nanoseconds", async () => {
    expect(await statuses("opsgenie", message("Create"))).toEqual([201]);
    expect(await statuses("opsgenie", message("Acknowledge"))).toEqual([202]);
    expect(await statuses("opsgenie", message("Close"))).toEqual([201]);
    expect(await incident("052652ac-5d1c-464a-812a-7dd18bbfba8c")).toMatchObject({
      opened: new Date(1_793_354_400_000),
      resolved: new Date(1_793_355_900_000),
      severity: 2,
      service: "billing-db",
    });
  });
});

describe("Datadog", () => {
  const TEMPLATE = /```json\n(\{[\s\S]*?\})\n```/.exec(
    readFileSync(path.resolve("docs/events.md"), "utf8").split("## Alerts")[1] ?? "",
  )?.[1];
  /** The payload of the guide with its variables filled in, as Datadog does it. */
  const message = (transition: string, date: string) => {
    const values: Record<string, string> = {
      ALERT_CYCLE_KEY: "8312731",
      ALERT_TRANSITION: transition,
      DATE: date,
      EVENT_TITLE: "[Triggered] p99 is high",
      ALERT_PRIORITY: "normal",
      TAGS: "env:prod, repository:acme/billing,service:checkout",
    };
    return (TEMPLATE ?? "").replace(/\$(\w+)/g, (_, name: string) => values[name] ?? "?");
  };

  it("sends the payload of the guide", async () => {
    expect(await statuses("datadog", message("Triggered", "1793354400000"), "")).toEqual([201]);
    expect(await statuses("datadog", message("Re-Triggered", "1793354500000"), "")).toEqual([202]);
    expect(await statuses("datadog", message("Recovered", "1793355000000"), "")).toEqual([201]);
    expect(await incident("8312731")).toMatchObject({
      opened: new Date(1_793_354_400_000),
      resolved: new Date(1_793_355_000_000),
      severity: 3,
      service: "checkout",
      repo: "billing",
    });
  });
});

describe("Sentry", () => {
  const message = (action: string, more: object = {}) => ({
    action,
    actor: { id: "sentry", name: "Sentry", type: "application" },
    installation: { uuid: "a8e5d37a" },
    data: {
      description_text: "1000 events in the last 10 minutes",
      description_title: `${action}: Too many errors`,
      metric_alert: {
        alert_rule: { aggregate: "count()", id: "7", name: "Too many errors" },
        date_closed: action === "resolved" ? "2026-10-30T18:45:00Z" : null,
        date_detected: "2026-10-30T18:15:00Z",
        date_started: "2026-10-30T18:10:00Z",
        id: "36",
        identifier: "36",
        projects: ["checkout"],
        title: "Too many errors",
        ...more,
      },
      web_url: "https://sentry.io/organizations/acme/alerts/36/",
    },
  });

  it("opens with a metric alert and ends when it is resolved; issues are not needed", async () => {
    expect(await statuses("sentry", message("warning"))).toEqual([201]);
    expect(await statuses("sentry", message("resolved"))).toEqual([201]);
    expect(await statuses("sentry", message("resolved"))).toEqual([200]);
    expect(await statuses("sentry", { action: "created", data: { issue: { id: "1" } } })).toEqual([202]);
    expect(await incident("sentry-36")).toEqual({
      opened: new Date("2026-10-30T18:10:00Z"),
      resolved: new Date("2026-10-30T18:45:00Z"),
      severity: 3,
      service: "checkout",
      repo: "billing",
      title: "Too many errors",
    });
  });
});

describe("incident.io", () => {
  const own = {
    id: "01FDAG4SAP5TYPT98WGR2N7W91",
    reference: "INC-123",
    name: "Our database is sad",
    created_at: "2026-10-30T19:00:00Z",
    updated_at: "2026-10-30T20:30:00Z",
    severity: { id: "s", name: "Major", rank: 2 },
    incident_status: { category: "live", name: "Investigating" },
  };
  const moved = (from: string, to: string) => ({
    event_type: "public_incident.incident_status_updated_v2",
    "public_incident.incident_status_updated_v2": {
      incident: own,
      previous_status: { category: from, name: from },
      new_status: { category: to, name: to },
    },
  });

  it("opens when it is declared, and is over when people look back at it", async () => {
    const created = "public_incident.incident_created_v2";
    expect(await statuses("incident-io", { event_type: created, [created]: own })).toEqual([201]);
    expect(await statuses("incident-io", moved("triage", "live"))).toEqual([202]);
    expect(await statuses("incident-io", moved("live", "learning"))).toEqual([201]);
    expect(await statuses("incident-io", moved("learning", "closed"))).toEqual([202]);
    expect(await statuses("incident-io", { event_type: "public_incident.follow_up_created_v1" })).toEqual([202]);
    expect(await incident(own.id)).toMatchObject({
      opened: new Date(own.created_at),
      resolved: new Date(own.updated_at),
      severity: 2,
      service: "INC-123",
      title: "Our database is sad",
    });
  });
});

describe("an alert that cannot be taken", () => {
  it.each([
    ["alertmanager", { alerts: [] }, 422, "/alerts"],
    ["alertmanager", { alerts: [{ status: "firing", startsAt: "now", fingerprint: "a" }] }, 422, "/alerts/0/startsAt"],
    ["pagerduty", { messages: [] }, 422, "/event"],
    ["opsgenie", { action: "Create", alert: { alertId: "a" } }, 422, "/alert/createdAt"],
    ["datadog", { cycle: "c", transition: "Triggered", date: "$DATE" }, 422, "/date"],
    ["datadog", { cycle: "c", transition: "Triggered", date: 1 }, 422, ""],
    ["datadog", { cycle: "c", transition: "Triggered", date: 1e300 }, 422, "/date"],
    ["opsgenie", { action: "Create", alert: { alertId: "a", createdAt: 1e300 } }, 422, "/alert/createdAt"],
  ])("of %s is refused at its field: %j", async (source, body, status, pointer) => {
    const answer = await send(source, body);
    expect(answer.body.items).toHaveLength(1);
    expect(answer.body.items[0]).toMatchObject({ status });
    expect(answer.body.items[0]?.errors.map((error) => error.pointer)).toContain(pointer);
  });

  it("says what the address has to name", async () => {
    const { body } = await send("datadog", { cycle: "c", transition: "Triggered", date: 1_793_354_400_000 }, "");
    expect(body.items[0]?.errors[0]?.detail).toMatch(/^repository: is missing/);
    expect((await send("nagios", {})).status).toBe(404);
    expect((await send("alertmanager", "[")).status).toBe(400);
    expect((await send("alertmanager", {}, "?repo=acme/billing")).status).toBe(422);
  });
});
