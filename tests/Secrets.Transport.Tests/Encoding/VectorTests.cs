using System.Globalization;
using Secrets.Transport.Encoding;
using Secrets.Transport.Tests.Support;
using static Secrets.Transport.Tests.Support.Make;

namespace Secrets.Transport.Tests.Encoding;

/// <summary>The file in vectors/encoding.</summary>
public sealed class VectorTests
{
    [Fact]
    public void Fields() => VectorFile.Check("encoding", "fields.json", "docs/protocol/encoding.md#3",
        "tests/Secrets.Transport.Tests, SECRETS_WRITE_VECTORS=1", 19, Cases, Run);

    private static List<VectorCase> Cases()
    {
        (string Operation, string Comment, string Bytes, string Limit)[] cases =
        [
            ("u8", "", "ff", ""), ("u8", "nothing left", "", ""),
            ("u16", "big-endian", "0102", ""), ("u16", "one byte short", "01", ""),
            ("u32", "big-endian", "01020304", ""), ("u32", "one byte short", "010203", ""),
            ("u64", "big-endian", "0102030405060708", ""), ("u64", "one byte short", "01020304050607", ""),
            ("bytes8", "", "03616263", "3"), ("bytes8", "above the limit", "03616263", "2"), ("bytes8", "one byte short", "036162", "3"), ("bytes8", "empty", "00", "0"),
            ("bytes16", "", "0003616263", "3"), ("bytes16", "above the limit", "0003616263", "2"), ("bytes16", "one byte short", "00036162", "3"),
            ("bytes32", "", "00000003616263", "3"), ("bytes32", "above the limit", "00000003616263", "2"), ("bytes32", "one byte short", "000000036162", "3"),
            ("bytes32", "a length above 2^31", "80000000616263", "2147483647"),
        ];
        return [.. cases.Select((one, at) => new VectorCase
        {
            Id = $"encoding-{at + 1:000}",
            Operation = one.Operation,
            Comment = one.Comment,
            In = one.Limit.Length == 0 ? new() { ["bytes"] = one.Bytes } : new() { ["bytes"] = one.Bytes, ["limit"] = one.Limit },
        })];
    }

    private static (string Expect, Dictionary<string, string> Out) Run(string operation, IReadOnlyDictionary<string, string> input)
    {
        var bytes = Hex(input["bytes"]);
        var reader = new WireReader(bytes);
        var limit = input.TryGetValue("limit", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        string value;
        switch (operation)
        {
            case "u8":
                value = reader.TryReadByte(out var u8) ? $"{u8}" : "";
                break;
            case "u16":
                value = reader.TryReadUInt16(out var u16) ? $"{u16}" : "";
                break;
            case "u32":
                value = reader.TryReadUInt32(out var u32) ? $"{u32}" : "";
                break;
            case "u64":
                value = reader.TryReadUInt64(out var u64) ? $"{u64}" : "";
                break;
            default:
                var taken = operation switch
                {
                    "bytes8" => reader.TryReadBytes8(limit, out var field) ? Hex(field) : null,
                    "bytes16" => reader.TryReadBytes16(limit, out var field) ? Hex(field) : null,
                    _ => reader.TryReadBytes32(limit, out var field) ? Hex(field) : null,
                };
                return taken is null ? ("refused", []) : ("ok", new() { ["value"] = taken });
        }
        return value.Length == 0 ? ("refused", []) : ("ok", new() { ["value"] = value });
    }
}
