import { AUDIT_KEY_PLACE } from "@/lib/audit/audit-key";
import { clientSecretPlace } from "@/lib/auth/identity/providers";
import { rotateSecondFactors } from "@/lib/auth/second-factor-secrets";
import { signingSecretPlace } from "@/lib/auth/signing-secrets";
import { sealingKeys } from "@/lib/core/secrets/keys";
import { isSealedWith, openSealed, type SealedPlace, seal } from "@/lib/core/secrets/seal";
import { ERASURE_KEY_PLACE } from "@/lib/db/erased-identities";
import { getPrisma } from "@/lib/db/prisma-client";
import {
  appWebhookPlace,
  connectionWebhookPlace,
  privateKeyPlace,
  tokenPlace,
} from "@/lib/settings/github/sealed-columns";
import { costFeedPlace } from "./cost-feed-place";
import { reportWebhookPlace } from "./report-webhook-place";

export interface Rotation {
  /** Values that are sealed with the current key now and were not before. */
  resealed: number;
  /** Values that were sealed with it already. */
  current: number;
  /** Places of values that no key opens: they have to be entered again. */
  lost: string[];
}

type Value = Uint8Array<ArrayBuffer>;

/** One sealed value and how to write it anew; the write changes nothing when the value is no longer the one that was read. */
interface Sealed {
  place: SealedPlace;
  value: Value;
  replace: (value: Value) => Promise<{ count: number }>;
}

async function sealedValues(): Promise<Sealed[]> {
  const { apiKey, costFeed, githubApp, githubConnection, identityProvider, installation, reportSchedule } = getPrisma();
  const { auditKey, erasureKey } = await installation.findUniqueOrThrow({
    where: { id: 1 },
    select: { auditKey: true, erasureKey: true },
  });
  const apps = await githubApp.findMany({
    select: { id: true, apiUrl: true, appId: true, privateKey: true, webhookSecret: true },
  });
  const connections = await githubConnection.findMany({
    select: { id: true, apiUrl: true, accountNodeId: true, token: true, webhookSecret: true },
  });
  const providers = await identityProvider.findMany({ select: { id: true, clientSecret: true } });
  const schedules = await reportSchedule.findMany({
    where: { webhook: { not: null }, removedAt: null },
    select: { id: true, webhook: true },
  });
  const feeds = await costFeed.findMany({
    where: { secret: { not: null }, removedAt: null },
    select: { id: true, secret: true },
  });
  const keys = await apiKey.findMany({
    where: { signingSecret: { not: null }, revokedAt: null },
    select: { id: true, signingSecret: true },
  });
  return [
    ...keys.flatMap(({ id, signingSecret }): Sealed[] =>
      signingSecret === null
        ? []
        : [
            {
              place: signingSecretPlace(id),
              value: signingSecret,
              replace: (value) => apiKey.updateMany({ where: { id, signingSecret }, data: { signingSecret: value } }),
            },
          ],
    ),
    ...schedules.flatMap(({ id, webhook }): Sealed[] =>
      webhook === null
        ? []
        : [
            {
              place: reportWebhookPlace(id),
              value: webhook,
              replace: (value) => reportSchedule.updateMany({ where: { id, webhook }, data: { webhook: value } }),
            },
          ],
    ),
    ...feeds.flatMap(({ id, secret }): Sealed[] =>
      secret === null
        ? []
        : [
            {
              place: costFeedPlace(id),
              value: secret,
              replace: (value) => costFeed.updateMany({ where: { id, secret }, data: { secret: value } }),
            },
          ],
    ),
    ...providers.map(
      ({ clientSecret, id }): Sealed => ({
        place: clientSecretPlace(id),
        value: clientSecret,
        replace: (value) => identityProvider.updateMany({ where: { id, clientSecret }, data: { clientSecret: value } }),
      }),
    ),
    ...(erasureKey === null
      ? []
      : [
          {
            place: ERASURE_KEY_PLACE,
            value: erasureKey,
            replace: (value: Value) =>
              installation.updateMany({ where: { id: 1, erasureKey }, data: { erasureKey: value } }),
          },
        ]),
    ...(auditKey === null
      ? []
      : [
          {
            place: AUDIT_KEY_PLACE,
            value: auditKey,
            replace: (value: Value) =>
              installation.updateMany({ where: { id: 1, auditKey }, data: { auditKey: value } }),
          },
        ]),
    ...apps.flatMap(({ id, apiUrl, appId, privateKey, webhookSecret }): Sealed[] => [
      {
        place: privateKeyPlace(apiUrl, appId),
        value: privateKey,
        replace: (value) => githubApp.updateMany({ where: { id, privateKey }, data: { privateKey: value } }),
      },
      {
        place: appWebhookPlace(apiUrl, appId),
        value: webhookSecret,
        replace: (value) => githubApp.updateMany({ where: { id, webhookSecret }, data: { webhookSecret: value } }),
      },
    ]),
    ...connections.flatMap(({ id, apiUrl, accountNodeId, token, webhookSecret }): Sealed[] => [
      ...(token === null
        ? []
        : [
            {
              place: tokenPlace(apiUrl, accountNodeId),
              value: token,
              replace: (value: Value) => githubConnection.updateMany({ where: { id, token }, data: { token: value } }),
            },
          ]),
      ...(webhookSecret === null
        ? []
        : [
            {
              place: connectionWebhookPlace(apiUrl, accountNodeId),
              value: webhookSecret,
              replace: (value: Value) =>
                githubConnection.updateMany({ where: { id, webhookSecret }, data: { webhookSecret: value } }),
            },
          ]),
    ]),
  ];
}

/**
 * Seals every secret anew with the current key, one row at a time: it may be killed and started again, and others may
 * read and write meanwhile. Afterwards the earlier secrets are no longer needed, unless something is lost.
 */
export async function rotateSealedSecrets(): Promise<Rotation> {
  const { current, all } = sealingKeys();
  const rotation: Rotation = await rotateSecondFactors();
  for (const { place, value, replace } of await sealedValues()) {
    const text = openSealed(value, place, all);
    if (text === null) rotation.lost.push(`${place.table}.${place.column} of ${place.row}`);
    else if (isSealedWith(value, current)) rotation.current += 1;
    else rotation.resealed += (await replace(new Uint8Array(seal(text, place, current)))).count;
  }
  return rotation;
}
