/**
 * A request whose key stands in its address (`?token=fg_…`, or a part of its path), as one that sends it in the header: for senders that
 * can neither send headers nor sign with a secret of ours. Others are given back as they are.
 */
export function withKeyOfAddress(request: Request, { key }: Readonly<Record<string, string>> = {}): Request {
  const { headers, url } = request;
  const token = key ?? new URL(url).searchParams.get("token");
  if (token === null || headers.has("authorization")) return request;
  const sent = new Headers(headers);
  sent.set("authorization", `Bearer ${token}`);
  return new Request(request, { headers: sent });
}
