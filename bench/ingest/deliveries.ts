import { createHmac } from "node:crypto";
import { randomStream } from "@/prisma/seed/random";

/** One webhook delivery as GitHub sends it; its id is added when it is sent. */
export interface Delivery {
  body: Buffer;
  headers: Readonly<Record<string, string>>;
}

/** Bodies of pull-request events have some ten to thirty thousand bytes; most of it describes the repository. */
const FILLER_LINKS = 90;
const DIFFERENT = 200;

function bodyOf(number: number, filler: readonly string[]): Buffer {
  const repository = {
    id: 4_000_000_000 + (number % 400),
    full_name: `meridian-works/repository-${number % 400}`,
    links: Object.fromEntries(
      filler.map((word, index) => [`link_${index}_url`, `https://api.meridian.example/${word}/{id}/${index}/${word}`]),
    ),
  };
  const user = { login: `person-${number % 3000}`, id: 991_000_001 + (number % 3000), type: "User" };
  return Buffer.from(
    JSON.stringify({
      action: "closed",
      number,
      pull_request: {
        id: 5_000_000_000 + number,
        number,
        state: "closed",
        title: `feat: page ${filler[number % filler.length]} by cursor`,
        user,
        body: filler.join(" "),
        merged: true,
        merged_at: "2026-06-30T12:00:00Z",
        head: { ref: `topic-${number}`, sha: number.toString(16).padStart(40, "0"), repo: repository },
        base: { ref: "main", sha: (number + 1).toString(16).padStart(40, "0"), repo: repository },
      },
      repository,
      sender: user,
    }),
  );
}

/** Signed deliveries to send again and again, each time under another id. */
export function makeDeliveries(seed: number, secret: string): Delivery[] {
  const random = randomStream(seed, "deliveries");
  const filler = Array.from({ length: FILLER_LINKS }, () => random.uint32().toString(36));
  return Array.from({ length: DIFFERENT }, (_, index) => {
    const body = bodyOf(index + 1, filler);
    return {
      body,
      headers: {
        "content-type": "application/json",
        "content-length": String(body.length),
        "user-agent": "GitHub-Hookshot/bench",
        "x-github-event": "pull_request",
        "x-github-hook-id": "1",
        "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
      },
    };
  });
}
