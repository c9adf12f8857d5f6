import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/**
 * An `ExportMetricsServiceResponse` or `ExportLogsServiceResponse`, which are the same on the wire: how many points or records were not
 * taken, and why.
 */
export function encodePartialSuccess(rejected: number, message: string): Uint8Array {
  const writer = new BinaryWriter().tag(1, WireType.LengthDelimited).fork();
  if (rejected > 0) writer.tag(1, WireType.Varint).int64(rejected);
  return writer.tag(2, WireType.LengthDelimited).string(message).join().finish();
}
