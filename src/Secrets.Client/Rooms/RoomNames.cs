using Secrets.Crypto;

namespace Secrets.Client.Rooms;

/// <summary>Friendly names for whoever gives none.</summary>
internal static class RoomNames
{
    private static readonly string[] First =
    [
        "Amber", "Autumn", "Blue", "Brave", "Bright", "Calm", "Cheerful", "Clever", "Cosy", "Curious", "Early", "Evening", "Gentle", "Golden", "Green", "Happy",
        "Honest", "Jolly", "Kind", "Lively", "Lucky", "Merry", "Morning", "Patient", "Quick", "Quiet", "Silver", "Snowy", "Sunny", "Swift", "Warm", "Wise",
    ];

    private static readonly string[] Second =
    [
        "Badger", "Beaver", "Blackbird", "Cricket", "Dolphin", "Falcon", "Finch", "Fox", "Hare", "Hedgehog", "Heron", "Kingfisher", "Lark", "Lynx", "Magpie", "Marten",
        "Nightingale", "Otter", "Owl", "Penguin", "Puffin", "Rabbit", "Robin", "Salmon", "Seal", "Sparrow", "Squirrel", "Stork", "Swallow", "Swan", "Turtle", "Wren",
    ];

    public static string Draw(RandomSource random) => $"{First[random.Next((uint)First.Length)]} {Second[random.Next((uint)Second.Length)]}";
}
