using Secrets.Store;

namespace Secrets.Client.Engine;

/// <summary>The facts that the engine keeps: what an identity's copy brings back. Keys and ratchets are in slots, which no copy has.</summary>
/// <remarks>Messages lie in the unsigned part, so that no device key vouches for what was said (deniability).</remarks>
internal static class Schema
{
    public static EntityType Identity { get; } = new("identity");
    public static EntityType Relay { get; } = new("relay");
    public static EntityType Chat { get; } = new("chat");
    public static EntityType Message { get; } = new("message");

    /// <summary>There is one identity in a store, so its entity has a fixed UUID.</summary>
    public static EntityId Self { get; } = EntityId.FromUuid(Identity, new byte[EntityId.UuidSize]);

    public static AttributeName Name { get; } = AttributeName.One("name");
    public static AttributeName Created { get; } = AttributeName.One("created");
    public static AttributeName RecoverySecret { get; } = AttributeName.One("recovery-secret");
    public static AttributeName BackupRoot { get; } = AttributeName.One("backup-root");
    public static AttributeName UsedSecret { get; } = AttributeName.Set("used-secret");
    public static AttributeName Address { get; } = AttributeName.One("address");

    public static AttributeName TheirName { get; } = AttributeName.One("their-name");
    public static AttributeName GivenName { get; } = AttributeName.One("given-name");
    public static AttributeName IsNamed { get; } = AttributeName.One("is-named");
    public static AttributeName OwnChain { get; } = AttributeName.One("own-chain");
    public static AttributeName TheirChain { get; } = AttributeName.One("their-chain");
    public static AttributeName TheirOffer { get; } = AttributeName.One("their-offer");
    public static AttributeName OwnOffer { get; } = AttributeName.One("own-offer");
    public static AttributeName ProtocolId { get; } = AttributeName.One("protocol-id");
    public static AttributeName Verification { get; } = AttributeName.One("verification");
    public static AttributeName SeveralHands { get; } = AttributeName.One("several-hands");
    public static AttributeName Ending { get; } = AttributeName.One("ending");
    public static AttributeName Evidence { get; } = AttributeName.One("evidence");
    public static AttributeName Muted { get; } = AttributeName.One("muted");
    public static AttributeName Deleted { get; } = AttributeName.One("deleted");
    public static AttributeName SecondContent { get; } = AttributeName.Set("second-content");
    public static AttributeName ReadTo { get; } = AttributeName.One("read-to");
    public static AttributeName OwnRelay { get; } = AttributeName.Set("own-relay");

    public static AttributeName InChat { get; } = AttributeName.One("in-chat", StorePart.Unsigned);
    public static AttributeName Own { get; } = AttributeName.One("own", StorePart.Unsigned);
    public static AttributeName Kind { get; } = AttributeName.One("kind", StorePart.Unsigned);
    public static AttributeName Notice { get; } = AttributeName.One("notice", StorePart.Unsigned);
    public static AttributeName Time { get; } = AttributeName.One("time", StorePart.Unsigned);
    public static AttributeName Arrived { get; } = AttributeName.One("arrived", StorePart.Unsigned);
    public static AttributeName Text { get; } = AttributeName.One("text", StorePart.Unsigned);
    public static AttributeName Position { get; } = AttributeName.One("position", StorePart.Unsigned);
    public static AttributeName State { get; } = AttributeName.One("state", StorePart.Unsigned);
}
