/** The words each part of the company works with; titles, modules and file names are made from them. */
export interface Domain {
  /** Conventional-commit scopes. */
  scopes: readonly string[];
  /** Folders of source code. */
  modules: readonly string[];
  /** Things the code is about, singular; also the stems of file names. */
  things: readonly string[];
  /** Features particular to the domain, as the rest of a `feat:` title. */
  features: readonly string[];
  /** Folders whose content is sensitive. */
  guarded: readonly string[];
}

const list = (items: string): string[] => items.split(", ");

const payments: Domain = {
  scopes: list("capture, router, refund, payout, dispute, wallet"),
  modules: list("capture, routing, refund, settlement, dispute, webhook, fees"),
  things: list(
    "card charge, settlement batch, refund request, disbursement run, chargeback case, gateway response, acquirer route, fee schedule, mandate, installment plan, retry policy, merchant profile",
  ),
  features: list(
    "partial capture for split charges, network token fallback, reverting a capture before cut-off, SEPA instant payouts, per-acquirer circuit breaker, rollback of a half-sent disbursement run",
  ),
  guarded: list("payments, withdrawals"),
};

const ledger: Domain = {
  scopes: list("posting, invoice, tax, recon, closing, dunning"),
  modules: list("posting, invoice, tax, matching, closing, export"),
  things: list(
    "journal entry, posting rule, invoice line, credit note, tax rate, accrual, exchange rate, bank statement, dunning level, closing period, cost centre, proration",
  ),
  features: list(
    "reversal entries for closed periods, proration of mid-month upgrades, camt.053 statement import, reverse-charge notes on invoices, multi-currency trial balance",
  ),
  guarded: list("auth, payments"),
};

const identity: Domain = {
  scopes: list("directory, profile, consent, provisioning, invite, audit"),
  modules: list("directory, profile, consent, provisioning, invite, audittrail"),
  things: list(
    "group mapping, profile field, consent record, device record, invitation, tenant, audit entry, sync cursor, alias, guest account, domain claim",
  ),
  features: list(
    "SCIM group push, just-in-time guest accounts, consent receipts by e-mail, tenant-wide sign-out, directory sync preview",
  ),
  guarded: list("auth, permissions"),
};

const search: Domain = {
  scopes: list("query, index, ranking, suggest, facets, crawler"),
  modules: list("query, index, ranking, facets, suggest, analysis, ingest"),
  things: list(
    "query plan, posting list, facet count, synonym set, ranking feature, suggest entry, index shard, segment merge, stop word list, result snippet, language detector, click log",
  ),
  features: list(
    "hybrid retrieval behind a flag, typo tolerance for short queries, pinned results per category, facet counts for nested attributes, query rewriting for units",
  ),
  guarded: ["auth"],
};

const mobile: Domain = {
  scopes: list("home, cart, offers, push, onboarding, a11y"),
  modules: list("home, cart, offers, onboarding, media, networking, designkit"),
  things: list(
    "product card, cart badge, offer banner, deep link, push topic, image loader, onboarding step, offline queue, feature switch, review prompt, barcode scanner, size picker",
  ),
  features: list(
    "revert button in the photo editor, offline cart, dynamic type on all lists, haptics on swipe actions, shared element transitions",
  ),
  guarded: list("auth, payments"),
};

const web: Domain = {
  scopes: list("pdp, cart, search-page, checkout, nav, forms, tokens"),
  modules: list("product, cart, listing, checkout, navigation, forms, layout"),
  things: list(
    "product tile, price badge, filter drawer, address form, hero slot, size table, cookie banner, basket summary, breadcrumb, stock hint, gallery, gift option, delivery estimate",
  ),
  features: list(
    "discard changes in the address form, infinite scroll on listing pages, gift wrapping step, recently viewed products, compare drawer, store pickup option",
  ),
  guarded: list("auth, payments"),
};

const data: Domain = {
  scopes: list("orders, sessions, dq, streams, features, catalog"),
  modules: list("orders, visits, inventory, finance, marketing, streams"),
  things: list(
    "daily snapshot, late event, partition, watermark, dimension table, backfill window, schema version, freshness check, feature view, sink connector, dead letter, metric definition",
  ),
  features: list(
    "point-in-time joins for feature views, column lineage export, rollback of a bad backfill window, freshness contracts per table, replay from any watermark",
  ),
  guarded: list("secrets"),
};

const infra: Domain = {
  scopes: list("net, cluster, dns, alerts, runners, edge"),
  modules: list("network, cluster, dns, alerting, runners, edge, storage"),
  things: list(
    "node pool, ingress rule, alert route, runner image, dns zone, autoscaler, bucket lifecycle, mesh policy, disk class, quota, health probe, cron schedule",
  ),
  features: list(
    "spot pools for batch work, regional failover drill, per-team quota dashboards, canary rollback on error budget burn, IPv6 on the edge",
  ),
  guarded: list("secrets"),
};

const devx: Domain = {
  scopes: list("cli, cache, template, codegen, release, lint"),
  modules: list("command, cache, template, generator, release, report"),
  things: list(
    "scaffold step, cache entry, generated client, release note, lint rule, flag parser, progress bar, config file, plugin hook, upgrade check, task graph",
  ),
  features: list(
    "dry run for every command, remote cache warm-up, typed clients from OpenAPI 3.1, changelog from merged titles, shell completion for fish",
  ),
  guarded: ["auth"],
};

const docs: Domain = {
  scopes: list("guides, reference, site, tutorials"),
  modules: list("components, layout, indexing, theme"),
  things: list(
    "quickstart, webhook guide, error catalogue, rate limit page, migration note, glossary, sandbox page, idempotency guide, changelog page, pagination guide, settlement guide, release note",
  ),
  features: list("copy button on code blocks, version switcher, search by error code, dark theme for diagrams"),
  guarded: ["auth"],
};

const fulfilment: Domain = {
  scopes: list("orders, stock, shipping, returns, picking, edi"),
  modules: list("orders, stock, shipping, returns, picking, carrier"),
  things: list(
    "order line, stock reservation, parcel label, carrier rate, return slip, pick wave, delivery window, backorder, pallet, customs form, tracking event, split shipment",
  ),
  features: list(
    "split shipments by warehouse, carrier pickup booking, return reasons with photos, undo of a pick wave, delivery windows per postcode",
  ),
  guarded: ["auth"],
};

const research: Domain = {
  scopes: list("notebooks, eval, datasets"),
  modules: list("notebooks, evaluation, datasets, plots"),
  things: list("experiment run, metric table, prompt set, sampling plan, notebook template, result file"),
  features: list("paired bootstrap for eval runs, dataset cards, cell timing report"),
  guarded: list("secrets"),
};

export const DOMAINS = {
  payments,
  ledger,
  identity,
  search,
  mobile,
  web,
  data,
  infra,
  devx,
  docs,
  fulfilment,
  research,
};
export type DomainKey = keyof typeof DOMAINS;
