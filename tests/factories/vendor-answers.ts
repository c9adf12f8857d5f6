import type { CostVendorKey } from "@/lib/core/cost-feeds";

/** What a vendor would bill: dollars by day. */
export type Bill = Readonly<Record<string, readonly string[]>>;

/** A vendor as its documentation describes its answers, for a bill. */
export interface VendorAnswers {
  /** Where its API stands. */
  host: string;
  /** Header that proves who asks, for the key `secret-of-the-vendor`. */
  proof: [name: string, value: string];
  /** The answer to a question; pages are of two days, or two calls. */
  answer(bill: Bill, url: URL, body: unknown): unknown;
  /** An answer after a release that nobody read about: the same in other words. */
  changed: unknown;
}

const secondsOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000;
const dayBefore = (seconds: number): string => new Date((seconds - 1) * 1000).toISOString().slice(0, 10);

/** A page of what lies between two days, both ends inside. */
function pageOf<Item>(items: readonly Item[], number: number, size: number): { page: Item[]; hasMore: boolean } {
  return { page: items.slice(number * size, (number + 1) * size), hasMore: items.length > (number + 1) * size };
}

const daysBetween = (bill: Bill, first: string, last: string): string[] =>
  Object.keys(bill)
    .filter((day) => day >= first && day <= last)
    .sort();

/** A number as JSON has it, not as a float would. */
class Raw {
  constructor(readonly text: string) {}
}

/** JSON with numbers exactly as they are told. */
export function exactJson(value: unknown): string {
  const marked = JSON.stringify(value, (_, inner) => (inner instanceof Raw ? `\u0001${inner.text}\u0001` : inner));
  return marked.replaceAll(/"\\u0001([^\\]*)\\u0001"/g, "$1");
}

const centsOf = (dollars: string): string => {
  const [whole = "0", part = ""] = dollars.replace("-", "").split(".");
  const padded = part.padEnd(2, "0");
  const text = `${whole}${padded.slice(0, 2)}.${padded.slice(2)}`.replace(/^0+(?=\d)/, "").replace(/\.$/, "");
  return dollars.startsWith("-") ? `-${text}` : text;
};

export const VENDOR_ANSWERS: Readonly<Record<CostVendorKey, VendorAnswers>> = {
  anthropic: {
    host: "api.anthropic.com",
    proof: ["x-api-key", "secret-of-the-vendor"],
    answer(bill, url) {
      const [first, end] = [url.searchParams.get("starting_at"), url.searchParams.get("ending_at")];
      const days = daysBetween(bill, first?.slice(0, 10) ?? "", dayBefore(Date.parse(end ?? "") / 1000));
      const number = Number(url.searchParams.get("page")?.replace("page_", "") ?? 0);
      const { hasMore, page } = pageOf(days, number, 2);
      return {
        data: page.map((day) => ({
          starting_at: `${day}T00:00:00Z`,
          ending_at: `${day}T23:59:59Z`,
          results: bill[day]?.map((dollars) => ({
            amount: centsOf(dollars),
            currency: "USD",
            cost_type: "tokens",
            description: 'Claude Sonnet 5 Usage - "amount": 5',
            model: "claude-sonnet-5",
            token_type: "output_tokens",
            workspace_id: null,
          })),
        })),
        has_more: hasMore,
        next_page: hasMore ? `page_${number + 1}` : null,
      };
    },
    changed: {
      data: [{ starting_at: "2026-10-01T00:00:00Z", results: [{ cost: { minor: 12 } }] }],
      has_more: false,
      next_page: null,
    },
  },
  openai: {
    host: "api.openai.com",
    proof: ["authorization", "Bearer secret-of-the-vendor"],
    answer(bill, url) {
      const [first, end] = [Number(url.searchParams.get("start_time")), Number(url.searchParams.get("end_time"))];
      const days = daysBetween(bill, dayBefore(first + 1), dayBefore(end));
      const number = Number(url.searchParams.get("page") ?? 0);
      const { hasMore, page } = pageOf(days, number, 2);
      return {
        object: "page",
        data: page.map((day) => ({
          object: "bucket",
          start_time: secondsOf(day),
          end_time: secondsOf(day) + 86_400,
          results: bill[day]?.map((dollars) => ({
            object: "organization.costs.result",
            amount: { value: new Raw(dollars), currency: "usd" },
            line_item: 'GPT-6, "value": 7',
            project_id: null,
          })),
        })),
        has_more: hasMore,
        next_page: hasMore ? String(number + 1) : null,
      };
    },
    changed: {
      object: "page",
      data: [{ start_time: 1_790_812_800, results: [{ amount: { value: "twelve", currency: "usd" } }] }],
      has_more: false,
      next_page: null,
    },
  },
  github: {
    host: "api.github.com",
    proof: ["authorization", "Bearer secret-of-the-vendor"],
    answer(bill, url) {
      const month = `${url.searchParams.get("year")}-${(url.searchParams.get("month") ?? "").padStart(2, "0")}`;
      const usageItems = Object.keys(bill)
        .filter((day) => day.startsWith(month))
        .flatMap((day) =>
          (bill[day] ?? []).map((dollars) => ({
            date: `${day}T00:00:00Z`,
            product: "copilot",
            sku: "Copilot AI Credits",
            quantity: 100,
            unitType: "ai-credits",
            pricePerUnit: 0.01,
            grossAmount: new Raw(dollars),
            discountAmount: 0,
            netAmount: new Raw(dollars),
            organizationName: "acme",
          })),
        );
      const storage = { date: `${month}-01`, product: "git_lfs", sku: "LFS", unitType: "gigabytes", netAmount: 900 };
      return { usageItems: usageItems.length === 0 ? [] : [...usageItems, storage] };
    },
    changed: {
      usageItems: [{ date: "2026-10-01", product: "copilot", sku: "x", unitType: "ai-credits", net: { amount: 5 } }],
    },
  },
  cursor: {
    host: "api.cursor.com",
    proof: ["authorization", `Basic ${Buffer.from("secret-of-the-vendor:").toString("base64")}`],
    answer(bill, _url, body) {
      const { endDate, page: number, startDate } = body as { startDate: number; endDate: number; page: number };
      const calls = daysBetween(bill, dayBefore(startDate / 1000 + 1), dayBefore(endDate / 1000 + 1)).flatMap((day) =>
        (bill[day] ?? []).map((dollars, index) => ({
          timestamp: String(Date.parse(`${day}T10:00:00Z`) + index),
          model: "claude-sonnet-5",
          kind: "Usage-based",
          chargedCents: new Raw(centsOf(dollars)),
          userEmail: "ada@acme.example",
        })),
      );
      const { hasMore, page } = pageOf(calls, number - 1, 2);
      return {
        totalUsageEventsCount: calls.length,
        pagination: {
          numPages: Math.ceil(calls.length / 2),
          currentPage: number,
          pageSize: 2,
          hasNextPage: hasMore,
          hasPreviousPage: number > 1,
        },
        usageEvents: page,
        period: { startDate, endDate },
      };
    },
    changed: {
      totalUsageEventsCount: 1,
      pagination: { hasNextPage: false },
      usageEvents: [{ timestamp: "1790812800000", cost: 5 }],
    },
  },
};
