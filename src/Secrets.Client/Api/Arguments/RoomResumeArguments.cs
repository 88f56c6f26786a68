using Secrets.Client.Rooms;

namespace Secrets.Client.Api;

/// <summary>A room to come back to.</summary>
internal sealed class RoomResumeArguments
{
    /// <summary>What was said there before, as it was shown; null: nothing.</summary>
    public IReadOnlyList<RoomMessageView>? Messages { get; init; }
}
