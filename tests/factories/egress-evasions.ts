/** Addresses inside of a network, as attackers would like a server to reach them. */
const INSIDE_V4 = [
  "127.0.0.1",
  "127.255.255.254",
  "10.0.0.1",
  "10.255.255.255",
  "172.16.0.1",
  "172.31.255.254",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
] as const;

const INSIDE_V6 = [
  "::1",
  "::",
  "fe80::1",
  "febf::1",
  "fc00::1",
  "fd00:ec2::254",
  "fd12:3456:789a::1",
  "ff02::1",
  "100::1",
  "2001:db8::1",
  "2001::1",
  "0:0:0:0:0:0:0:1",
  "0000:0000:0000:0000:0000:0000:0000:0001",
] as const;

const bytesOf = (address: string): number[] => address.split(".").map(Number);
const numberOf = (address: string): number => bytesOf(address).reduce((sum, byte) => sum * 256 + byte, 0);
const hex = (value: number, digits = 0): string => value.toString(16).padStart(digits, "0");
const words = (address: string): string => {
  const [a = 0, b = 0, c = 0, d = 0] = bytesOf(address);
  return `${hex(a * 256 + b)}:${hex(c * 256 + d)}`;
};
const wide = (text: string): string =>
  text.replaceAll(/[0-9.]/g, (sign) => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0));

/** Ways to write an IPv4 address in a URL that some reader of URLs takes for it. */
const V4_FORMS: readonly ((address: string) => string)[] = [
  (address) => address,
  (address) => `${address}.`,
  (address) => String(numberOf(address)),
  (address) => `0x${hex(numberOf(address), 8)}`,
  (address) => `0X${hex(numberOf(address), 8).toUpperCase()}`,
  (address) => `0${numberOf(address).toString(8)}`,
  (address) =>
    bytesOf(address)
      .map((byte) => `0x${hex(byte)}`)
      .join("."),
  (address) =>
    bytesOf(address)
      .map((byte) => `0${byte.toString(8)}`)
      .join("."),
  (address) =>
    bytesOf(address)
      .map((byte) => `000${byte.toString(8)}`)
      .join("."),
  (address) => `${bytesOf(address)[0]}.${numberOf(address) % 2 ** 24}`,
  (address) => `${bytesOf(address).slice(0, 2).join(".")}.${numberOf(address) % 2 ** 16}`,
  wide,
  (address) => address.replaceAll(".", "。"),
  (address) => address.replaceAll(".", "%2e"),
  (address) => [...address].map((sign) => `%${hex(sign.charCodeAt(0))}`).join(""),
  (address) => `[::ffff:${address}]`,
  (address) => `[::ffff:${words(address)}]`,
  (address) => `[0:0:0:0:0:ffff:${words(address)}]`,
  (address) => `[::${address}]`,
  (address) => `[64:ff9b::${words(address)}]`,
  (address) => `[64:ff9b:1::${words(address)}]`,
  (address) => `[2002:${words(address)}::1]`,
  (address) => `api.github.com@${address}`,
  (address) => `api.github.com:443@${address}`,
  (address) => `${address}#@api.github.com`,
  (address) => `${address}\\@api.github.com`,
  (address) => `api.github.com%00@${address}`,
];

const SCHEMES = [
  "http",
  "file",
  "ftp",
  "gopher",
  "dict",
  "ldap",
  "ws",
  "wss",
  "data",
  "javascript",
  "blob",
  "jar",
  "netdoc",
];

/** Names that a name server under an attacker's hand answers for. */
const NAMES = [
  "localhost",
  "LOCALHOST",
  "localhost.",
  "ip6-localhost",
  "metadata.google.internal",
  "github.com.attacker.example",
  "127.0.0.1.nip.io",
  "a.b.c.attacker.example",
  "xn--e1afmkfd.example",
];

/** URLs that must open no connection. @param port of a server that would notice */
export function evasiveUrls(port: number): string[] {
  const v4 = INSIDE_V4.flatMap((address) => V4_FORMS.map((form) => `https://${form(address)}:${port}/`));
  const v6 = INSIDE_V6.flatMap((address) => [
    `https://[${address}]:${port}/`,
    `https://[${address.toUpperCase()}]:${port}/x?y#z`,
    `https://user@[${address}]:${port}/`,
    `https://[${address}%25lo]:${port}/`,
  ]);
  const schemes = SCHEMES.flatMap((scheme) => [
    `${scheme}://127.0.0.1:${port}/`,
    `${scheme}://api.github.com:${port}/`,
  ]);
  const broken = [
    "",
    " ",
    "//127.0.0.1",
    "https:127.0.0.1",
    "https:/127.0.0.1",
    "https:///127.0.0.1",
    "https://",
    "\\\\127.0.0.1",
  ];
  return [...v4, ...v6, ...schemes, ...broken.map((text) => text.replace("127.0.0.1", `127.0.0.1:${port}`))];
}

/** Names and what each look at them says: an address inside, alone, behind one of the internet, or at the second look. */
export function evasiveNames(): { name: string; looks: string[][] }[] {
  const addresses = [...INSIDE_V4.slice(0, 9), ...INSIDE_V6.slice(0, 7), "::ffff:127.0.0.1", "64:ff9b::7f00:1"];
  return NAMES.flatMap((name, index) =>
    addresses.map((address, at) => {
      const outside = "140.82.112.3";
      const looks = [[[address]], [[outside, address]], [[address, outside]], [[address], [outside]]][(index + at) % 4];
      return { name, looks: looks ?? [[address]] };
    }),
  );
}
