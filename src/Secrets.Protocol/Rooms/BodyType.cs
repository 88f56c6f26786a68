namespace Secrets.Protocol.Rooms;

/// <summary>What the body of a frame is.</summary>
internal enum BodyType
{
    Join = 1,
    Private = 2,
    Message = 3,
    Sign = 4,
}
