import { isIP } from "node:net";
import { isPublicAddress } from "@/lib/core/egress/private-address";

/** What Fleetgauge reads, as GitHub names it; nothing is ever written. */
const PERMISSIONS = [
  "metadata",
  "contents",
  "pull_requests",
  "issues",
  "checks",
  "statuses",
  "actions",
  "deployments",
  "members",
] as const;
const SECURITY_PERMISSIONS = ["security_events", "vulnerability_alerts", "secret_scanning_alerts"] as const;

const EVENTS = [
  "pull_request",
  "pull_request_review",
  "pull_request_review_comment",
  "pull_request_review_thread",
  "push",
  "workflow_run",
  "check_suite",
  "status",
  "deployment",
  "deployment_status",
  "release",
  "issues",
  "repository",
  "team",
  "membership",
  "organization",
] as const;
const SECURITY_EVENTS = ["code_scanning_alert", "dependabot_alert", "secret_scanning_alert"] as const;

const GITHUB_API = "https://api.github.com";
/** GitHub takes no longer names. */
const LONGEST_NAME = 34;

/** Where people look at a GitHub that programs ask at an address. */
export function webAddressOf(apiUrl: string): string {
  return apiUrl === GITHUB_API ? "https://github.com" : apiUrl.replace(/\/api\/v3$/, "");
}

/**
 * Whether a GitHub can send deliveries to an address. One in the company's network may reach what the internet cannot,
 * but none reaches the machine of whoever looks.
 */
export function canBeReached(appUrl: string, apiUrl: string): boolean {
  const host = new URL(appUrl).hostname.replace(/^\[|\]$/g, "");
  if (host === "localhost" || host.endsWith(".localhost") || host === "::1" || /^127\./.test(host)) return false;
  if (apiUrl !== GITHUB_API) return true;
  return isIP(host) === 0 ? host.includes(".") : isPublicAddress(host);
}

export interface ManifestInput {
  apiUrl: string;
  /** Where Fleetgauge is reached. */
  appUrl: string;
  /** Organisation that it is made for; null: the signed-in user's own account. */
  account: string | null;
  /** Told apart from Apps of other installations: names are one in all of GitHub. */
  suffix: string;
  /** Whether alerts about security may be read too. */
  securityAlerts: boolean;
}

/** The manifest of a GitHub App that reads what the metrics need. A GitHub that cannot reach us is asked for no events. */
export function appManifest({ account, apiUrl, appUrl, securityAlerts, suffix }: ManifestInput) {
  const permissions = securityAlerts ? [...PERMISSIONS, ...SECURITY_PERMISSIONS] : PERMISSIONS;
  const back = `${appUrl}/connections/github`;
  const tail = ` ${suffix}`;
  const name = `Fleetgauge${account === null ? "" : ` ${account}`}`.slice(0, LONGEST_NAME - tail.length) + tail;
  const webhook = canBeReached(appUrl, apiUrl)
    ? {
        hook_attributes: { url: `${appUrl}/api/webhooks/github`, active: true },
        default_events: securityAlerts ? [...EVENTS, ...SECURITY_EVENTS] : EVENTS,
      }
    : {};
  return {
    name,
    url: appUrl,
    description: "Shows what coding agents ship, how often it is taken back, and whether it pays. Reads only.",
    redirect_url: back,
    setup_url: back,
    public: false,
    default_permissions: Object.fromEntries(permissions.map((permission) => [permission, "read"])),
    ...webhook,
  };
}

const REQUIRED = ["metadata", "contents", "pull_requests"] as const;

/** What an installation was not allowed, in words of GitHub's pages. */
export function missingOfInstallation(granted: Readonly<Record<string, string>>): {
  required: string[];
  optional: string[];
} {
  const lacks = (permission: string) => granted[permission] === undefined;
  const worded = (permission: string) => {
    const text = permission.replaceAll("_", " ");
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}: read`;
  };
  const optional = PERMISSIONS.filter((one) => !REQUIRED.some((required) => required === one));
  return { required: REQUIRED.filter(lacks).map(worded), optional: optional.filter(lacks).map(worded) };
}
