namespace Secrets.Stack;

/// <summary>A connection that does by the way its peer sends what costs more than it brings with another.</summary>
internal interface ITunableConnection
{
    /// <summary>Acknowledges each small piece at once, for peers that send nothing more until then. False once the peer is known to send whole packets without waiting: each acknowledgement costs both sides a packet.</summary>
    bool AcknowledgesAtOnce { get; set; }

    /// <summary>True while more is likely to come within microseconds: what was received last was answered as it came. Set between reads.</summary>
    bool WaitsBriefly { get; set; }
}
