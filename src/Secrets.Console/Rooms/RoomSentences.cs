using System.Globalization;
using Secrets.Client.Rooms;
using Secrets.Console.Cli;

namespace Secrets.Console.Rooms;

/// <summary>What is said to people about rooms.</summary>
internal static class RoomSentences
{
    public const string Help = """
        Write a line to say it. Commands:
          /who               who is here, with numbers
          /words             seven words, the same for everybody; compare them aloud
          /code              the code, the link
          /reply N TEXT      answer line N
          /react N SIGN      put a sign under line N; without a sign it is taken back
          /file PATH         lay a file into the room
          /save N PATH       save the file of line N
          /export PATH       write down what was said, for yourself
          /name NICK         call yourself otherwise
          /lock  /unlock     nobody new enters, or again (owner)
          /remove NICK       remove somebody, who still knows the code: /lock too (owner)
          /give NICK         give the room to somebody (owner); #N of /who will do for a NICK
          /leave             leave; the owner's leaving ends the room
        """;

    public const string OwnerBack = "The owner is back";

    public static string OwnerAway(TimeSpan left) => $"The owner lost the connection: the room ends in {((int)left.TotalSeconds).ToString(CultureInfo.InvariantCulture)} seconds unless they come back";

    public static string Of(RoomMessageView line)
    {
        var who = line.Own ? "You" : Output.Name(line.Name);
        return line.Notice switch
        {
            RoomNotice.None => "",
            RoomNotice.Joined => $"{who} is here",
            RoomNotice.Left => $"{who} left",
            RoomNotice.Removed => $"{who} was removed by the owner",
            RoomNotice.Renamed => $"{Output.Name(line.Text)} is now {who}",
            RoomNotice.Gap => $"{line.Count.ToString(CultureInfo.InvariantCulture)} of {who}'s messages are missing",
            RoomNotice.Withheld => $"{who} saw a message that the relay did not give to you",
            RoomNotice.Divided => "The relay shows other decisions of the owner to somebody else. Don't trust this room",
            RoomNotice.Locked => "The room is locked: nobody new enters",
            RoomNotice.Unlocked => "The room is unlocked",
            RoomNotice.OwnerChanged => $"The room belongs to {who} now",
            RoomNotice.CallBegan => $"{who} began a call, to be taken part in with the web app",
            RoomNotice.CallEnded => "The call is over",
            RoomNotice.Ended => "The room has ended",
        };
    }

    public static string Of(RoomEnding ending) => ending switch
    {
        RoomEnding.None => "",
        RoomEnding.Closed => "The owner closed the room. All of it is gone.",
        RoomEnding.OwnerLeft => "The owner left. All of the room is gone.",
        RoomEnding.OwnerLost => "The owner did not come back. All of the room is gone.",
        RoomEnding.Idle => "Nothing was said for a day. All of the room is gone.",
        RoomEnding.Removed => "The owner removed you.",
        RoomEnding.Elsewhere => "You are in this room in another place now.",
        RoomEnding.Lost => "The relay was not reached for a minute. You are out of the room.",
        RoomEnding.Left => "You left.",
        RoomEnding.Locked => "You were away for longer than a minute, and the owner has locked the room.",
    };
}
