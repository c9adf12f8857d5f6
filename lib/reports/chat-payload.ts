import type { Message } from "./message";

/** Signs that mean something else in a message of Slack. */
const slackText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll(/\s+/g, " ");

/** What an incoming webhook of Slack, Mattermost or the like takes. */
export function slackPayload({ link, parts, subject }: Message): object {
  const lines = parts.flatMap((part) =>
    "text" in part
      ? [slackText(part.text)]
      : part.list.map(({ href, text }) =>
          href === null ? `• ${slackText(text)}` : `• <${href}|${slackText(text).replaceAll("|", "¦")}>`,
        ),
  );
  return { text: [`*${slackText(subject)}*`, ...lines, `<${link.href}|${slackText(link.label)}>`].join("\n") };
}

/** Signs that mean something else in the Markdown of a card. */
const cardText = (text: string): string => text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_[\]()#<>~|]/g, "\\$&");

/** What a webhook of Microsoft Teams takes: an Adaptive Card. */
export function teamsPayload({ link, parts, subject }: Message): object {
  const block = (text: string, more: object = {}) => ({ type: "TextBlock", text, wrap: true, ...more });
  const body = parts.map((part) =>
    "text" in part
      ? block(cardText(part.text))
      : block(
          part.list
            .map(({ href, text }) => `- ${href === null ? cardText(text) : `[${cardText(text)}](${href})`}`)
            .join("\r"),
        ),
  );
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          body: [block(cardText(subject), { size: "Medium", weight: "Bolder" }), ...body],
          actions: [{ type: "Action.OpenUrl", title: link.label, url: link.href }],
        },
      },
    ],
  };
}
